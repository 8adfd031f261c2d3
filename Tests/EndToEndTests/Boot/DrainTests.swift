import Foundation
import Testing

@testable import MuseShared

#if canImport(Glibc)
import Glibc
#endif

extension EndToEnd {
    @Suite struct DrainTests {
        @Test func `requests in progress finish after SIGTERM and the service ends with 0`() async throws {
            try await RunningMuse.run { muse in
                try await muse.fault("stripe", "slow", delay: 1.5)
                async let answers = inParallel(8, width: 8) { _ in try await muse.place() }
                try await eventually("8 orders wait for Stripe") { try muse.written().checkouts == 8 ? true : nil }
                let start = ContinuousClock.now
                let customer = try await muse.program("customer")
                customer.signal(SIGTERM)
                try await eventually("nobody new is let in") {
                    (try? RawConnection(port: muse.customerPort)) == nil ? true : nil
                }
                #expect(customer.isRunning)
                #expect(try await Set(answers.map(\.id)).count == 8)
                #expect(try await customer.exitCode() == 0)
                #expect(ContinuousClock.now - start < .seconds(10))
                #expect(try muse.number("SELECT count(*) AS n FROM checkout_sessions WHERE state = 'open'") == 8)
            }
        }

        @Test func `a guest who follows an order does not hold up the end`() async throws {
            try await RunningMuse.run { muse in
                let order = try await muse.place()
                let port = muse.customerPort
                let stream = try await onThread { () -> Listening in
                    let connection = try RawConnection(port: port, patience: 15)
                    connection.send(
                        "GET /api/orders/\(order.id)/stream?token=\(order.token) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
                    )
                    return Listening(
                        connection: connection, first: String(decoding: connection.receive(), as: UTF8.self))
                }
                #expect(stream.first.hasPrefix("HTTP/1.1 200"))
                let start = ContinuousClock.now
                #expect(try await muse.program("customer").stop() == 0)
                print("drained with an open stream in \(ContinuousClock.now - start)")
                #expect(ContinuousClock.now - start < .seconds(5))
            }
        }

        @Test func `readiness is refused while requests are finishing`() async throws {
            try await RunningMuse.run { muse in
                #expect(try await muse.guest.get("/readyz").status == 200)
                try await muse.fault("stripe", "slow", delay: 1.5)
                async let order = muse.place()
                try await eventually("the order waits for Stripe") { try muse.written().checkouts == 1 ? true : nil }
                let customer = try await muse.program("customer")
                let port = muse.customerPort
                // Its body is on the way when the drain begins, so this connection is not idle and stays. It follows a
                // whole request in the same bytes: when that one is answered, the service has read this one's head.
                let held = try await onThread { () -> Listening in
                    let connection = try RawConnection(port: port, patience: 10)
                    connection.send(
                        "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                            + "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{")
                    return Listening(
                        connection: connection, first: String(decoding: connection.receive(), as: UTF8.self))
                }
                #expect(held.first.hasPrefix("HTTP/1.1 200"))
                customer.signal(SIGTERM)
                try await eventually("nobody new is let in") { (try? RawConnection(port: port)) == nil ? true : nil }
                let answer = try await onThread { () -> String in
                    held.connection.send("}")
                    return held.connection.answer()
                }
                #expect(answer.hasPrefix("HTTP/1.1 503"), "\(answer.prefix(80))")
                #expect(answer.lowercased().contains("retry-after:"))
                _ = try await order
                #expect(try await customer.exitCode() == 0)
            }
        }

        /// Handed from one thread to the next, used by one at a time.
        private struct Listening: @unchecked Sendable {
            let connection: RawConnection
            let first: String
        }
    }
}
