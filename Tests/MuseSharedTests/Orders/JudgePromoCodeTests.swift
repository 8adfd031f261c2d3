import MuseTestSupport
import Testing

@testable import MuseShared

/// Each answer to “why does my code do nothing?”, and its edges. The cart is one flat white with oat milk: $4.80.
struct JudgePromoCodeTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private func quote(
        uses: Int64 = 0, mine: Int64? = nil, known: Bool = true, _ change: (inout PromoCode.Terms) -> Void = { _ in }
    ) async throws -> Quote {
        let cafe = try await TemporaryDatabase.cafe()
        var terms = PromoCode.Terms(code: "TEN", reduction: .percent(millionths: 100_000))
        change(&terms)
        let promo = PromoCode(
            id: "ten", terms: terms, useCount: uses, revision: 1, createdAt: Self.now, changedAt: Self.now)
        let candidate = PromoCandidate(typed: "TEN", promo: known ? promo : nil, usesByPerson: mine)
        let menu = try MenuRepository(database: cafe.database).published()
        return try QuoteOrder(menu: menu)(CheckoutCounter.request().order, promo: candidate, now: Self.now)
    }

    private func refusal(_ quote: Quote) -> PromoRefusal? {
        if case .refused(let why) = quote.promo { why } else { nil }
    }

    @Test func `a percentage lowers the price and the tax`() async throws {
        let totals = try await quote().derivation.totals
        #expect((totals.subtotalMinor, totals.discountMinor, totals.taxMinor) == (480, 48, 31))
        #expect(totals.totalMinor == 463)
    }

    @Test func `a fixed amount is at most what the order costs`() async throws {
        let quote = try await quote { $0.reduction = .fixed(minor: 100_000) }
        #expect(quote.derivation.totals.totalMinor == 0)
        #expect(quote.promoDiscountMinor == 480)
    }

    @Test func `a code that nobody knows is said to be unknown`() async throws {
        let quote = try await quote(known: false)
        #expect(refusal(quote) == .unknown)
        #expect(quote.derivation.totals.discountMinor == 0)
    }

    @Test func `a code counts from its first moment on and not before`() async throws {
        let start = Self.now.adding(seconds: 1)
        #expect(refusal(try await quote { $0.startsAt = start }) == .notYet(from: start))
        #expect(refusal(try await quote { $0.startsAt = Self.now }) == nil)
    }

    @Test func `a code is over at its end, or when staff ended it`() async throws {
        #expect(refusal(try await quote { $0.endsAt = Self.now }) == .over)
        #expect(refusal(try await quote { $0.endsAt = Self.now.adding(seconds: 1) }) == nil)
        #expect(refusal(try await quote { $0.isActive = false }) == .over)
    }

    @Test func `a code with no use left is used up`() async throws {
        #expect(refusal(try await quote(uses: 3) { $0.maxUses = 3 }) == .usedUp)
        #expect(refusal(try await quote(uses: 2) { $0.maxUses = 3 }) == nil)
    }

    @Test func `nobody uses a code more often than a person may`() async throws {
        #expect(refusal(try await quote(mine: 1) { $0.maxUsesPerPerson = 1 }) == .usedByYou(times: 1))
        #expect(refusal(try await quote(mine: 1) { $0.maxUsesPerPerson = 2 }) == nil)
        #expect(refusal(try await quote(mine: nil) { $0.maxUsesPerPerson = 1 }) == nil)
    }

    @Test func `a minimum says how much is missing, to the cent`() async throws {
        let short = PromoRefusal.minimumNotMet(minimumMinor: 481, shortByMinor: 1)
        #expect(refusal(try await quote { $0.minimumSubtotalMinor = 481 }) == short)
        #expect(refusal(try await quote { $0.minimumSubtotalMinor = 480 }) == nil)
    }

    @Test func `a code for other things says for which`() async throws {
        let other = try await quote { $0.itemIDs = [CafeFixture.soup] }
        #expect(refusal(other) == .notForThese(names: ["Tomato soup"]))
        #expect(refusal(try await quote { $0.itemIDs = [CafeFixture.flatWhite] }) == nil)
    }

    @Test func `every refusal is a sentence that says what would help`() throws {
        let zone = try #require(VenueZone(identifier: "America/New_York"))
        func sentence(_ refusal: PromoRefusal) -> String {
            refusal.sentence(code: "TEN", currency: .usd, zone: zone)
        }
        #expect(sentence(.unknown) == "We don’t know the code TEN. Check how it is written, or go on without.")
        #expect(sentence(.over) == "TEN has ended.")
        #expect(sentence(.usedUp) == "TEN is used up: somebody else had the last one.")
        #expect(sentence(.usedByYou(times: 1)) == "You have used TEN already. It counts once for each person.")
        #expect(
            sentence(.minimumNotMet(minimumMinor: 1000, shortByMinor: 520))
                == "TEN counts from $10.00. $5.20 more and it does.")
        #expect(sentence(.notForThese(names: ["Soup"])) == "TEN is for Soup, and none is in your cart.")
        #expect(sentence(.notYet(from: Self.now)).hasPrefix("TEN counts from "))
    }

    @Test func `capitals and tags don't make another person`() {
        let ada = PromoPerson(email: "ada@example.com")
        #expect(PromoPerson(email: " Ada+second@Example.com ") == ada)
        #expect(PromoPerson(email: "bob@example.com") != ada)
        #expect(PromoPerson(email: "ada@example.org") != ada)
    }
}
