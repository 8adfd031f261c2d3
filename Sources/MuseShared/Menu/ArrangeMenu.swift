/// Puts categories, the items of a category or the options of a group in another order, in the draft.
public struct ArrangeMenu: Sendable {
    public enum Wish: Sendable {
        /// All of them, as they shall stand.
        case order(MenuKind, ids: [String])
        /// One of them, so many places down (or up).
        case move(MenuRef, by: Int)
    }

    public enum Refusal: Error, Sendable {
        case unknown
        /// Something came or went since the list was looked at: it would be lost.
        case listChanged
        case failed(any Error)
    }

    private let database: Database
    private let edit: EditMenu

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        edit = EditMenu(database: database, ids: ids)
    }

    /// The order as the draft has it now.
    public func callAsFunction(_ wish: Wish, staffID: String) async throws(Refusal) -> [String] {
        do {
            return try await database.write { try arrange(wish, staffID, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func arrange(_ wish: Wish, _ staffID: String, in transaction: Transaction) throws -> [String] {
        let live = try MenuContentRepository.live(in: transaction)
        let view = try MenuDraftRepository.draft(in: transaction).applied(to: live)
        let order = try wanted(wish, in: view)
        guard let first = order.first else { return [] }
        let places = Self.places(for: order, in: view)
        let edits = zip(order, places).map { ref, place in (ref, ["position": DifferenceValue.number(place)]) }
        _ = try edit.edit(
            EditMenu.Request(
                subject: first, edits: Dictionary(edits, uniquingKeysWith: { first, _ in first }), staffID: staffID),
            in: transaction)
        return order.map(\.id)
    }

    /// The places they have, dealt out anew: what is moved away and back again leaves nothing in the draft.
    private static func places(for order: [MenuRef], in view: EditedMenu) -> [Int64] {
        let taken = order.compactMap { view[$0]?.position }.sorted()
        return Set(taken).count == order.count ? taken : order.indices.map { Int64($0) }
    }

    private func wanted(_ wish: Wish, in view: EditedMenu) throws -> [MenuRef] {
        switch wish {
        case .order(let kind, let ids):
            let refs = ids.map { MenuRef(kind, $0) }
            guard let first = refs.first, view[first] != nil else { throw Refusal.unknown }
            guard Set(refs).count == refs.count, Set(view.siblings(of: first)) == Set(refs) else {
                throw Refusal.listChanged
            }
            return refs
        case .move(let ref, let steps):
            var order = view.siblings(of: ref)
            guard let place = order.firstIndex(of: ref) else { throw Refusal.unknown }
            order.remove(at: place)
            order.insert(ref, at: min(max(0, place + min(max(steps, -1000), 1000)), order.count))
            return order
        }
    }
}

extension ArrangeMenu.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknown: .notFound
        case .listChanged:
            Problem.conflict(
                "list-changed", title: "The list has changed since you opened it.",
                detail: "The order is as it was. Load the page again and move it there.")
        case .failed(let error): Problem.failure(of: error)
        }
    }
}
