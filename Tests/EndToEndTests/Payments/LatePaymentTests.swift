import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct LatePaymentTests {
        @Test func `what was paid too late goes back at once, and page and letter say what can be had instead`()
            async throws
        {
            try await RunningMuse.run { muse in
                let three = #"{"kind": "item", "itemId": "soup", "quantity": 3}"#
                let late = try await muse.place(RunningMuse.order(three, email: "late@example.com"))
                // As when the guest pays in the moment in which the hold ends.
                try await muse.database.write {
                    try SettlementRepository(ids: .live).expireOrder(late.id, in: $0)
                }
                let faster = try await muse.place(RunningMuse.order(RunningMuse.soup))
                try await muse.pay(faster)
                try await muse.pay(late)
                try await eventually("the money is back") {
                    try muse.number(
                        "SELECT COUNT(*) AS n FROM refunds WHERE order_id = \(late.id) AND state = 'succeeded'") == 1
                        ? true : nil
                }
                #expect(try await muse.atStripe().refunds(of: late).map(\.amount) == [late.totals.totalMinor])
                #expect(try muse.written().soupLeft == 2)
                let page = try await muse.guest.get(
                    "/orders/\(late.id)?token=\(late.token)", headers: ["Accept": "text/html"])
                for words in [
                    "Your payment came after the time was up", "went back to you", "What you can have instead",
                    "Tomato soup is gone. Like it:", #"href="/menu/croissant""#, "Fill my cart with it again",
                    #"action="/orders/\#(late.id)/reorder""#,
                ] {
                    #expect(page.text.contains(words), "\(words)")
                }
                let letter = try await eventually("the letter") {
                    try await muse.mailbox().first {
                        $0.to == ["late@example.com"] && $0.subject == "Your payment is on its way back"
                    }
                }
                #expect(letter.text?.contains("Tomato soup is gone. Like it: Croissant and Tap water.") == true)
                #expect(letter.text?.contains("/orders/\(late.id)?token=") == true)
                // One letter: the refund itself writes no second one.
                #expect(try await muse.mailbox().count { $0.to == ["late@example.com"] } == 1)
            }
        }
    }
}
