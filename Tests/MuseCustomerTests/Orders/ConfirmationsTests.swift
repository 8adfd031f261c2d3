import MuseTestSupport
import Synchronization
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct ConfirmationsTests {
    @Test func `one order is asked about once in two seconds, others are not held up`() async throws {
        let clock = TestClock()
        let confirmations = Confirmations(clock: WallClock { clock.now })
        let asked = Mutex(0)
        func ask(_ id: String, _ answer: Bool?) async throws -> Bool? {
            try await confirmations.isProcessing(id) {
                asked.withLock { $0 += 1 }
                return answer
            }
        }
        #expect(try await ask("a", true) == true)
        #expect(try await ask("a", false) == true)
        #expect(asked.withLock { $0 } == 1)
        #expect(try await ask("b", nil) == nil)
        clock.advance(seconds: 2)
        #expect(try await ask("a", false) == false)
        #expect(asked.withLock { $0 } == 3)
    }
}
