import Foundation

@testable import MuseShared

/// Points of death that need nothing of the product: the sandbox holds a call, or a test holds the write lane.
extension RunningMuse {
    /// Before Stripe has a call, and after it has done what it asks for.
    enum HeldCall: String {
        /// Waits, and is lost when the hold ends.
        case request = "stall"
        /// Was done; the answer waits.
        case answer = "mute"
    }

    /// From now on the sandbox holds calls of this method and path.
    func hold(_ held: HeldCall, of call: String) async throws {
        let answer = try await sandbox.post(
            "/faults", #"{"service": "stripe", "mode": "\#(held.rawValue)", "only": "\#(call)"}"#)
        guard answer.status == 200 else { throw NeverHappened(description: "hold: \(answer.status) \(answer.text)") }
    }

    func callIsHeld() async throws {
        try await eventually("the sandbox holds a call") { try await callsHeld() == 1 ? true : nil }
    }

    /// Answers what is held, if anybody still listens, and holds nothing more.
    func letGo() async throws {
        try await fault("stripe", "none")
        try await eventually("the sandbox holds nothing") { try await callsHeld() == 0 ? true : nil }
    }

    private func callsHeld() async throws -> Int {
        struct Faults: Decodable { let waiting: Int }
        return try await sandbox.get("/faults").decode(Faults.self).waiting
    }

    /// Nobody commits anything while the body runs: an answer may arrive, and nothing can come of it.
    func whileNobodyWrites(_ body: () async throws -> Void) async throws {
        let lane = try WriteLane(besideDatabaseAt: folder.appending(path: "muse.db").path)
        let end = DispatchSemaphore(value: 0)
        let (isHeld, held) = AsyncStream.makeStream(of: Void.self)
        Thread.detachNewThread {
            do {
                try lane.hold {
                    held.yield()
                    end.wait()
                }
            } catch { held.finish() }
        }
        defer { end.signal() }
        guard await isHeld.first(where: { _ in true }) != nil else { throw NeverHappened(description: "no write lane") }
        try await body()
    }

    /// Only what a test does itself moves money from now on: no webhook comes, and nothing is compared with Stripe.
    func silenceStripe() async throws {
        try await fault("webhooks", "drop")
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE reconciliation SET next_run_at_ms = \(transaction.now.adding(seconds: 3600)) WHERE id = 1")
        }
    }

    struct AtStripe: Decodable {
        struct Session: Decodable {
            let id: String
            let status: String
            let payment_intent: String?
        }
        struct Refund: Decodable {
            let id: String
            let amount: Int64
            let status: String
            let payment_intent: String
        }
        let sessions: [Session]
        let refunds: [Refund]

        func status(of order: PlacedOrder) -> String? {
            sessions.first { $0.id == order.session }?.status
        }

        func refunds(of order: PlacedOrder) -> [Refund] {
            let payment = sessions.first { $0.id == order.session }?.payment_intent
            return refunds.filter { $0.payment_intent == payment }
        }
    }

    func atStripe() async throws -> AtStripe {
        try await sandbox.get("/sandbox/state.json?limit=10000").decode()
    }
}
