import Crypto
import Foundation

/// What waits to be published, and who wrote it.
public struct MenuDraft: Sendable {
    public struct Author: Sendable {
        public let name: String?
        public let at: Timestamp
    }

    public internal(set) var changes = MenuChanges()
    public internal(set) var authors: [MenuRef: Author] = [:]

    public var isEmpty: Bool { changes.isEmpty }

    /// The menu as it would be.
    public func applied(to live: EditedMenu) -> EditedMenu {
        live.applying(changes)
    }

    /// What publishing would really change now: without what is live already.
    public func pending(on live: EditedMenu) -> MenuChanges {
        applied(to: live).changes(from: live)
    }

    /// Fields that somebody changed on the live menu after the draft had been begun.
    public func conflicts(with live: EditedMenu) -> [MenuConflict] {
        changes.refs.flatMap { ref -> [MenuConflict] in
            guard let entry = changes.entries[ref], !entry.isNew, let now = live[ref] else { return [] }
            return MenuField.all(ref.kind).compactMap { field in
                // A place is taken as it comes: two people who sort do not contradict each other.
                guard case let form = field.form, !form.isPlace, let wish = entry.fields[field.name],
                    now[field.name] != wish.from, now[field.name] != wish.to
                else { return nil }
                return MenuConflict(
                    ref: ref, field: field.name, begunAt: wish.from, live: now[field.name], draft: wish.to)
            }
        }
    }
}

/// A field that the draft wants to be one thing and that has become another thing meanwhile.
public struct MenuConflict: Sendable, Equatable {
    public let ref: MenuRef
    public let field: String
    /// What was live when the draft changed it.
    public let begunAt: DifferenceValue
    public let live: DifferenceValue
    public let draft: DifferenceValue
}

/// What somebody had before their eyes when they pressed publish, revert or save.
public struct MenuFingerprint: Sendable, Equatable {
    public let text: String

    init(_ changes: MenuChanges, _ conflicts: [MenuConflict] = []) throws {
        let parts = try [JSONText.encode(changes)] + conflicts.map { "\($0.ref.id) \($0.field) \($0.live)" }
        text = SHA256.hash(data: Data(parts.joined(separator: "\n").utf8)).hexadecimal.prefix(16).description
    }

    init(_ entity: MenuEntity?, options: [MenuEntity] = []) throws {
        let parts = try ([entity].compactMap { $0 } + options).map { try JSONText.encode($0.fields) }
        text = SHA256.hash(data: Data(parts.joined(separator: "\n").utf8)).hexadecimal.prefix(16).description
    }
}

extension MenuField.Form {
    var isPlace: Bool {
        if case .place = self { true } else { false }
    }
}
