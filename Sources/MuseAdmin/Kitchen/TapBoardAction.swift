import HTTPTypes
import Hummingbird
import MuseShared

/// The taps on a board beside moving an order: what is done of it, and taking a tap back.
struct TapBoardAction: Sendable {
    let desk: StaffDesk

    private struct Done: Decodable {
        let line: String?
        let done: Int64?
        /// How many of the line were done on the screen that was tapped.
        let seen: Int64?
        let station: String?
        let isDone: Bool?
        let tap: String?
        let returnTo: String?
    }

    func markDone(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.moveOrders)
        let body = try await request.input(Done.self, context)
        guard let id = context.parameters.get("id"), IDSource.isPlausible(id) else { throw Problem.notFound }
        let work = try Self.work(body)
        let tap = try TapID.read(body.tap)
        let returnTo = Paths.known(body.returnTo)
        do {
            _ = try await desk.markDone(
                MarkDone.Request(orderID: id, work: work, staffID: context.staff.id, tap: tap))
        } catch {
            return try refused(error.problem, context, returnTo: returnTo)
        }
        guard let order = try desk.orders.order(id) else { throw Problem.notFound }
        guard context.web.wantsPage else { return try .json(MovedAnswer(order)) }
        return .redirect(to: returnTo ?? Paths.board, context)
    }

    private static func work(_ body: Done) throws -> MarkDone.Work {
        if let station = body.station, IDSource.isPlausible(station) {
            return .station(station, isDone: body.isDone ?? true)
        }
        guard let line = body.line, IDSource.isPlausible(line), let done = body.done else {
            throw Problem.invalid("line", "Say which line and how many of it are done, or which station.")
        }
        return .line(id: line, done: done, seen: body.seen)
    }

    private struct Undo: Decodable {
        let returnTo: String?
    }

    func undo(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.moveOrders)
        let body = try await request.input(Undo.self, context)
        guard let tap = context.parameters.get("tap"), IDSource.isPlausible(tap) else { throw Problem.notFound }
        let returnTo = Paths.known(body.returnTo)
        let order: Order
        do {
            order = try await desk.undoTap(UndoTap.Request(tap: tap, staffID: context.staff.id))
        } catch {
            return try refused(error.problem, context, returnTo: returnTo)
        }
        guard context.web.wantsPage else { return try .json(MovedAnswer(order)) }
        return .redirect(to: returnTo ?? Paths.board, context)
    }

    /// A refused tap goes back to the board, which shows how things are.
    private func refused(_ problem: Problem, _ context: StaffContext, returnTo: String?) throws -> Response {
        guard context.web.wantsPage, problem.status == .conflict else { throw problem }
        let flash = Flash(.warning, problem.detail ?? problem.title)
        return .redirect(to: returnTo ?? Paths.board, flash: flash, context)
    }
}

/// The id that a screen gives each tap, so that one sent twice counts once.
enum TapID {
    /// - Throws: 422 for a text that no screen of ours makes.
    static func read(_ text: String?) throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard IDSource.isPlausible(text) else {
            throw Problem.invalid("tap", "A tap’s id has 1 to 40 lowercase letters, digits or dashes.")
        }
        return text
    }
}
