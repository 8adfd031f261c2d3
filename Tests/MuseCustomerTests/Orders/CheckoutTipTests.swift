import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

/// A guest with one flat white with oat milk: $4.80 before tax.
struct CheckoutTipTests {
    private static let contact = "name=Ada+Lovelace&email=ada%40example.com"

    private func checkout(
        _ body: @escaping @Sendable (GuestSite, GuestVisit) async throws -> Void
    ) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=flat-white&option.milk=oat-milk")
            try await body(site, visitor)
        }
    }

    private static func isChosen(_ tip: String, _ page: TestResponse) throws -> Bool {
        try Regex("name=\"tip\" value=\"\(tip)\"[^>]* checked").firstMatch(in: page.text) != nil
    }

    @Test func `the buttons are the venue's, on the amount before tax`() async throws {
        try await checkout { site, visitor in
            let page = try await visitor.get("/checkout")
            for shown in ["15 %", "$0.72", "18 %", "$0.86", "20 %", "$0.96"] {
                #expect(page.text.contains(shown), "\(shown)")
            }
            try await SetTipPercents(database: site.database)(.init(percents: [5], staffID: CafeFixture.barista))
            let next = try await visitor.get("/checkout")
            #expect(next.text.contains("$0.24"))
            #expect(!next.text.contains("18 %"))
        }
    }

    @Test func `what was chosen is kept on a reload, a percentage as well as an amount`() async throws {
        try await checkout { _, visitor in
            var visitor = visitor
            visitor.keep(try await visitor.post("/api/quotes", form: Self.contact + "&tip=18"))
            let page = try await visitor.get("/checkout")
            #expect(try Self.isChosen("18", page))
            #expect(page.text.contains("data-total>$6.01"))
            visitor.keep(try await visitor.post("/api/quotes", form: Self.contact + "&tip=other&tipAmount=2.5"))
            let other = try await visitor.get("/checkout")
            #expect(try Self.isChosen("other", other))
            #expect(other.text.contains("value=\"2.5\""))
            visitor.keep(try await visitor.post("/api/quotes", form: Self.contact + "&tip=0"))
            #expect(try Self.isChosen("0", try await visitor.get("/checkout")))
        }
    }

    @Test func `it is kept when something else is refused`() async throws {
        try await checkout { _, visitor in
            var visitor = visitor
            let answer = try await visitor.post("/api/orders", form: "name=&email=x&tip=20")
            #expect(answer.status == .unprocessableContent)
            #expect(try Self.isChosen("20", answer))
            visitor.keep(answer)
            #expect(try Self.isChosen("20", try await visitor.get("/checkout")))
        }
    }

    @Test func `one that staff have taken away since stays the guest's`() async throws {
        try await checkout { site, visitor in
            var visitor = visitor
            visitor.keep(try await visitor.post("/api/quotes", form: Self.contact + "&tip=18"))
            try await SetTipPercents(database: site.database)(.init(percents: [5], staffID: CafeFixture.barista))
            let page = try await visitor.get("/checkout")
            #expect(try Self.isChosen("18", page))
            let placed = try await visitor.post("/api/orders", form: Self.contact + "&tip=18&expectedTotalMinor=515")
            #expect(placed.status == .seeOther)
            #expect(site.stripe.sessions.first?.amountTotal == 601)
        }
    }

    @Test func `yen are typed whole`() async throws {
        let site = try await GuestSite.open()
        try await site.database.write { try $0.executeScript("UPDATE venue SET currency = 'JPY'") }
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add("itemId=croissant")
            #expect(try await visitor.get("/checkout").text.contains("inputmode=\"numeric\""))
            let cents = try await visitor.post("/api/orders", form: Self.contact + "&tip=other&tipAmount=3.50")
            #expect(cents.status == .unprocessableContent)
            #expect(cents.text.contains("Enter the tip as an amount like 350."))
            _ = try await visitor.post("/api/orders", form: Self.contact + "&tip=other&tipAmount=120")
            // ¥325, ¥24 of tax, ¥120.
            #expect(site.stripe.sessions.first?.amountTotal == 469)
        }
    }
}
