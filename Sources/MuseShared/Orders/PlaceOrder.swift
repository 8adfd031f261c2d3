import Crypto
import Foundation

/// Places a guest's order: prices it, reserves what it needs in one write, and opens its payment at Stripe.
///
/// Three steps: *begin* writes order, reservation and a pending checkout; *call* asks Stripe with that checkout's id as
/// idempotency key; *settle* keeps the answer. Whoever dies between is picked up by the same request repeated, or by
/// ``ExpireHolds``. Moves the cache version `menu` when a counted item runs out.
public struct PlaceOrder: Sendable {
    public struct Request: Sendable {
        public let order: OrderRequest
        /// The guest's `Idempotency-Key`, 1 to 255 characters.
        public let idempotencyKey: String

        public init(order: OrderRequest, idempotencyKey: String) {
            self.order = order
            self.idempotencyKey = idempotencyKey
        }
    }

    public enum Refusal: Error, Sendable {
        case invalid([CartProblem])
        /// Sold out or gone from the menu; nothing was reserved.
        case unavailable([CartProblem])
        /// Not at this time: closed, paused, or the chosen slot is full.
        case notThen(ScheduleOrder.Refusal)
        /// The total differs from what the guest was shown.
        case totalChanged(TotalChange)
        /// The promo code does nothing for this order; nothing was reserved.
        /// `without` is what it costs without the code.
        case promoRefused(PromoRefusal, sentence: String, without: Derivation?)
        case keyUsedForAnotherOrder
        /// Below what a card payment can be.
        case tooSmallForCard(minimum: Money)
        /// Stripe does not answer: the order waits, and the same request may be repeated.
        case paymentUnavailable
        /// Stripe will not take this payment.
        case paymentRefused
        case failed(any Error)
    }

    public struct Placement: Sendable {
        public let order: Order
        /// Nil when there is nothing to pay.
        public let checkoutURL: String?
        public let token: Token
    }

    public struct Settings: Sendable {
        public let holdSeconds: Int64
        public let links: OrderLinks

        public init(holdSeconds: Int64, links: OrderLinks) {
            self.holdSeconds = holdSeconds
            self.links = links
        }
    }

    private let menu: @Sendable () throws -> PublishedMenu
    private let placements: PlacementRepository
    public let schedule: ScheduleOrder
    private let promos: PromoCodeRepository
    private let checkTable: CheckTable
    private let open: OpenCheckout
    private let settings: Settings
    private let ids: IDSource

    public init(
        database: Database, menu: @escaping @Sendable () throws -> PublishedMenu, open: OpenCheckout,
        settings: Settings, ids: IDSource = .live
    ) {
        self.menu = menu
        placements = PlacementRepository(database: database, ids: ids)
        schedule = ScheduleOrder(database: database)
        promos = PromoCodeRepository(database: database)
        checkTable = CheckTable(database: database)
        self.open = open
        self.settings = settings
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> Placement {
        do {
            let (order, problems) = CleanOrder()(request.order)
            let orderID = try await begin(
                Request(order: order, idempotencyKey: request.idempotencyKey), problems: problems)
            return try await pay(orderID)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    /// How often a menu that moves while we price it is priced again, before we say so.
    private static let attempts = 5

    private func begin(_ request: Request, problems: [CartProblem]) async throws -> String {
        var asked = request.order
        // It only explains: a page that was shown again says it differently of the same order.
        asked.seen = nil
        let bodyHash = SHA256.hash(data: Data(try JSONText.encode(asked).utf8)).hexadecimal
        // Before pricing: the repeated request of a guest whose order took the last portion is not sold out.
        if let earlier = try placements.earlierOutcome(key: request.idempotencyKey, bodyHash: bodyHash) {
            return try orderID(earlier, of: request)
        }
        for _ in 0..<Self.attempts {
            let draft = try draft(request, problems: problems, bodyHash: bodyHash)
            let outcome = try await placements.begin(draft)
            switch outcome {
            // A slot that filled up meanwhile is looked for again, which finds it full and says what is left.
            case .menuMoved, .venueMoved, .slotFull: continue
            case .placed, .repeated, .keyUsedForAnotherBody, .outOfStock, .promoRefused:
                return try orderID(outcome, of: request)
            }
        }
        throw Refusal.failed(GroundKeepsMoving())
    }

    /// The menu or the venue changed at each of our attempts to price an order by it.
    struct GroundKeepsMoving: Error {}

    private func orderID(_ outcome: PlacementRepository.Outcome, of request: Request) throws -> String {
        switch outcome {
        case .placed(let id), .repeated(let id): return id
        case .keyUsedForAnotherBody: throw Refusal.keyUsedForAnotherOrder
        case .menuMoved, .venueMoved, .slotFull: throw Refusal.failed(GroundKeepsMoving())
        case .promoRefused(let why): throw try promoRefusal(why, of: request.order)
        case .outOfStock(let itemID, let left):
            let index = request.order.lines.firstIndex { $0.itemId == itemID } ?? 0
            let name = try menu().item(itemID)?.name ?? "This item"
            throw Refusal.unavailable([
                .conflict("lines[\(index)].quantity", ResolveCart.stockSentence(name, left: left))
            ])
        }
    }

    private func draft(
        _ request: Request, problems: [CartProblem], bodyHash: String
    ) throws -> PlacementRepository.Draft {
        let menu = try menu()
        var problems = problems
        if request.order.contact == nil {
            problems.append(.invalid("contact", "Who is it for? A name and an email address are needed."))
        }
        problems += try checkTable(request.order.fulfilment)
        let quote = try price(request.order, menu: menu, problems: problems)
        guard let contact = request.order.contact else { throw Refusal.invalid(problems) }
        let (venueVersion, slot) = try slot(for: request.order, quote.lines)
        let orderID = ids.next()
        return PlacementRepository.Draft(
            orderID: orderID, request: request.order, contact: contact, derivation: quote.derivation,
            lines: quote.lines, promo: quote.usedPromo, menuVersion: menu.menu.version, venueVersion: venueVersion,
            slot: slot, tokenHash: settings.links.token(for: orderID).hash,
            holdSeconds: settings.holdSeconds, idempotencyKey: request.idempotencyKey, bodyHash: bodyHash)
    }

    private func slot(
        for order: OrderRequest, _ lines: [ResolvedLine]
    ) throws -> (venueVersion: Int64, SlotClaimRepository.Wish?) {
        do {
            return try schedule(order, lines)
        } catch let refusal as ScheduleOrder.Refusal {
            throw Refusal.notThen(refusal)
        }
    }

    /// All that is wrong is told at once: what the guest typed and what the menu says.
    private func price(_ order: OrderRequest, menu: PublishedMenu, problems: [CartProblem]) throws -> Quote {
        let candidate = try order.promoCode.map { try promos.candidate($0, email: order.contact?.email) }
        let quote: Quote
        do throws(QuoteOrder.Refusal) {
            quote = try QuoteOrder(menu: menu)(order, promo: candidate, now: placements.now)
        } catch {
            switch error {
            case .invalid(let more): throw Refusal.invalid(problems + more)
            case .unavailable(let more) where problems.isEmpty: throw Refusal.unavailable(more)
            case .unavailable(let more): throw Refusal.invalid(problems + more)
            }
        }
        guard problems.isEmpty else { throw Refusal.invalid(problems) }
        if case .refused(let why) = quote.promo { throw try promoRefusal(why, of: order) }
        let total = quote.derivation.totals.totalMinor
        if let expected = order.expectedTotalMinor, expected != total {
            let seen = order.seen.flatMap(SeenTotals.init(text:))
            throw Refusal.totalChanged(
                TotalChange(
                    derivation: quote.derivation, expectedMinor: expected, reasons: seen?.reasons(for: quote) ?? []))
        }
        let minimum = menu.money(menu.currency.minimumChargeMinor)
        if total > 0, total < minimum.minor { throw Refusal.tooSmallForCard(minimum: minimum) }
        return quote
    }

    private func promoRefusal(_ why: PromoRefusal, of order: OrderRequest) throws -> Refusal {
        let venue = try placements.venue()
        let sentence = why.sentence(
            code: order.promoCode ?? "", currency: venue.currency, zone: venue.timeZone)
        return .promoRefused(why, sentence: sentence, without: try? QuoteOrder(menu: menu())(order))
    }

    private func pay(_ orderID: String) async throws -> Placement {
        let opened: OpenCheckout.Opened?
        do {
            opened = try await open(orderID: orderID)
        } catch StripeFailure.refused {
            throw Refusal.paymentRefused
        } catch is StripeFailure {
            throw Refusal.paymentUnavailable
        }
        guard let opened else { throw Refusal.failed(DatabaseFailure.closed) }
        return Placement(
            order: opened.order, checkoutURL: opened.session?.url, token: settings.links.token(for: orderID))
    }
}
