import Logging

@testable import MuseShared

/// The customer side's use-cases on one temporary database and one Stripe double, wired as the program wires them.
public struct CheckoutCounter: Sendable {
    public let cafe: TemporaryDatabase
    public let stripe = StripeDouble()
    public let links = OrderLinks(secrets: ["test secret"], customerURL: "http://localhost:8080")

    public init(cafe: TemporaryDatabase) {
        self.cafe = cafe
    }

    public static func open() async throws -> CheckoutCounter {
        CheckoutCounter(cafe: try await TemporaryDatabase.cafe())
    }

    public var database: Database { cafe.database }
    public var orders: OrderRepository { OrderRepository(database: database) }

    public var openCheckout: OpenCheckout {
        OpenCheckout(database: database, stripe: stripe.client, links: links)
    }

    public func place(on database: Database? = nil) -> PlaceOrder {
        let target = database ?? self.database
        return PlaceOrder(
            database: target, menu: { try MenuRepository(database: target).published() },
            open: OpenCheckout(
                database: target, stripe: stripe.client, links: links),
            settings: PlaceOrder.Settings(holdSeconds: 900, links: links))
    }

    public var settle: SettleCheckout { SettleCheckout(database: database, stripe: stripe.client) }

    public var expireHolds: ExpireHolds {
        ExpireHolds(
            database: database, stripe: stripe.client, open: openCheckout, logger: Logger(label: "test"))
    }

    public func receive(secrets: [String]) -> ReceiveStripeEvent {
        ReceiveStripeEvent(database: database, stripe: stripe.client, signature: StripeSignature(secrets: secrets))
    }

    /// A good request: by default one flat white with oat milk, $4.80 + 7.25 % = $5.15.
    public static func request(
        _ lines: [OrderRequest.Line] = [flatWhite()], fulfilment: Fulfilment = .pickup, tip: Int64 = 0,
        key: String = IDSource.live.next(), expecting total: Int64? = nil
    ) -> PlaceOrder.Request {
        PlaceOrder.Request(
            order: OrderRequest(
                lines: lines,
                fulfilment: OrderRequest.FulfilmentChoice(type: fulfilment, table: fulfilment == .dineIn ? "7" : nil),
                contact: OrderRequest.Contact(name: "Ada Lovelace", email: "ada@example.com"), tipMinor: tip,
                expectedTotalMinor: total),
            idempotencyKey: key)
    }

    public static func flatWhite(_ quantity: Int64 = 1, milk: String = CafeFixture.oatMilk) -> OrderRequest.Line {
        OrderRequest.Line(itemId: CafeFixture.flatWhite, quantity: quantity, options: [.init(id: milk)])
    }

    public static func line(_ item: String, _ quantity: Int64 = 1) -> OrderRequest.Line {
        OrderRequest.Line(itemId: item, quantity: quantity)
    }
}
