/// Makes or changes things of the menu: into the draft, or live at once.
///
/// One write: the draft or the live rows, the action log and the cache version of what moved. What changes nothing
/// writes nothing.
public struct EditMenu: Sendable {
    public struct Request: Sendable {
        /// The thing whose editor it is; the others are its options, say.
        public let subject: MenuRef
        public let edits: [MenuRef: [String: DifferenceValue]]
        /// Those of the edits that are to be made.
        public let new: Set<MenuRef>
        /// The fingerprint that the editor was given; nil is a program that does not mind.
        public let seen: String?
        public let goesLive: Bool
        public let staffID: String

        public init(
            subject: MenuRef, edits: [MenuRef: [String: DifferenceValue]], new: Set<MenuRef> = [], seen: String? = nil,
            goesLive: Bool = false, staffID: String
        ) {
            self.subject = subject
            self.edits = edits
            self.new = new
            self.seen = seen
            self.goesLive = goesLive
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknown
        case invalid([FieldError])
        /// Somebody else saved it since it was opened.
        case changedMeanwhile(name: String)
        case failed(any Error)
    }

    public struct Saved: Sendable {
        /// The menu with the draft, as it is now.
        public let menu: EditedMenu
        public let isChanged: Bool
        /// The live menu's version.
        public let menuVersion: Int64
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> Saved {
        do {
            return try await database.write { try edit(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    func edit(_ request: Request, in transaction: Transaction) throws -> Saved {
        let live = try MenuContentRepository.live(in: transaction)
        let draft = try MenuDraftRepository.draft(in: transaction)
        let view = draft.applied(to: live)
        for ref in request.edits.keys where !request.new.contains(ref) && view[ref] == nil { throw Refusal.unknown }
        if let seen = request.seen, seen != (try view.fingerprint(of: request.subject)) {
            throw Refusal.changedMeanwhile(name: view[request.subject]?.name ?? "")
        }
        let changes = request.goesLive ? wishes(request, on: live, over: view) : wishes(request, on: view, over: view)
        let after = (request.goesLive ? live : view).applying(changes)
        let problems = CheckMenu(menu: after, changes: changes).problems(isFinal: request.goesLive)
        guard problems.isEmpty else { throw Refusal.invalid(problems) }
        if !changes.isEmpty {
            if request.goesLive {
                _ = try PutLive(kind: .changed, staffID: request.staffID, ids: ids)(changes, on: live, in: transaction)
            } else {
                try draw(changes, live: live, draft: draft, request, in: transaction)
            }
        }
        let now = try MenuContentRepository.live(in: transaction)
        return Saved(
            menu: try MenuDraftRepository.draft(in: transaction).applied(to: now), isChanged: !changes.isEmpty,
            menuVersion: try CacheVersionRepository.current(.menu, in: transaction))
    }

    /// What the edits make different about a menu. What is only in the draft goes live as a whole.
    private func wishes(_ request: Request, on menu: EditedMenu, over view: EditedMenu) -> MenuChanges {
        var changes = MenuChanges()
        for (ref, values) in request.edits {
            let before = menu[ref]
            var after = before ?? view[ref] ?? MenuEntity(new: ref.kind)
            after.fields.merge(values) { _, new in new }
            if request.new.contains(ref), values["position"] == nil {
                after.fields["position"] = .number(Self.end(of: ref, after, in: view))
            }
            let fields = after.fields.filter { before?.fields[$0.key] != $0.value }.map { name, value in
                (name, MenuChanges.Field(from: before?.fields[name] ?? .none, to: value))
            }
            guard !fields.isEmpty else { continue }
            changes.entries[ref] = MenuChanges.Entry(
                isNew: before == nil, fields: Dictionary(fields, uniquingKeysWith: { first, _ in first }))
        }
        return changes
    }

    /// The place behind the last of its siblings.
    private static func end(of ref: MenuRef, _ entity: MenuEntity, in menu: EditedMenu) -> Int64 {
        var with = menu
        with.entities[ref] = entity
        let places = with.siblings(of: ref).filter { $0 != ref }.compactMap { menu[$0]?.position }
        return (places.max() ?? -1) + 1
    }

    /// Adds to the draft. A field keeps the value it was begun at: whatever else is live by then is a conflict to tell.
    private func draw(
        _ changes: MenuChanges, live: EditedMenu, draft: MenuDraft, _ request: Request, in transaction: Transaction
    ) throws {
        for (ref, entry) in changes.entries {
            var kept = draft.changes.entries[ref] ?? MenuChanges.Entry(isNew: live[ref] == nil, fields: [:])
            for (name, field) in entry.fields {
                let now = live[ref]?[name] ?? .none
                let begun = kept.fields[name]?.from ?? now
                kept.fields[name] = field.to == now ? nil : MenuChanges.Field(from: begun, to: field.to)
            }
            try MenuDraftRepository.keep(kept, of: ref, by: request.staffID, in: transaction)
        }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID, action: "menu.draft_changed", subjectID: request.subject.id,
                difference: changes.difference),
            in: transaction)
    }
}

extension EditedMenu {
    /// What an editor of this thing has before its eyes: the thing and, of a group, its options.
    public func fingerprint(of ref: MenuRef) throws -> String {
        let options = ref.kind == .group ? options(ofGroup: ref.id).map(\.entity) : []
        return try MenuFingerprint(self[ref], options: options).text
    }
}

extension EditMenu.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknown: .notFound
        case .invalid(let errors): .invalid(errors)
        case .changedMeanwhile(let name):
            Problem.conflict(
                "changed-meanwhile", title: "Somebody else has changed this since you opened it.",
                detail: "It is called “\(name)” now. What you typed is kept below and not saved: look again, then save."
            )
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
