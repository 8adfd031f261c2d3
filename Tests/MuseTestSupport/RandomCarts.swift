@testable import MuseShared

/// Carts as no café has seen them, the same ones for the same seed: four currencies, six rates of both kinds, discounts
/// of every kind, quantities and lines up to the limits.
public struct RandomCarts: Sendable {
    public struct Cart: Sendable {
        public let lines: [ResolvedLine]
        public let fulfilment: Fulfilment
        public let discounts: [CartDiscount]
        public let tipMinor: Int64
    }

    public let menu: PublishedMenu
    private let items: [MenuItem]
    private let step: Int64
    private var random: SeededGenerator

    /// USD, yen without minor units, dinars with three digits, kronas that are always whole.
    public static let currencies = ["USD", "JPY", "KWD", "ISK"]

    public init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let code = Self.currencies[Int(seed % UInt64(Self.currencies.count))]
        let currency = Currency(code: code) ?? .usd
        let (step, classes) = (currency.stepMinor, (0..<6).map { "class-\($0)" })
        items = (0..<12).map { index in
            let price = random.once(in: 12) ? 0 : random.number(1...(random.once(in: 9) ? 500_000 : 1_500)) * step
            let options = (0..<2).map {
                ModifierOption(
                    id: "option-\(index)-\($0)", name: "Option", priceMinor: random.number(0...200) * step,
                    available: true, maxQuantity: 5)
            }
            return MenuItem(
                id: "item-\(index)", name: "Item", description: "", priceMinor: price, available: true,
                returnsAt: nil, drawing: "cup", dietary: [], allergens: [],
                modifierGroups: [ModifierGroup(id: "g", name: "G", min: 0, max: 9, options: options)],
                kitchen: .init(
                    taxClassID: classes[index % 6], prepSeconds: 60, station: "bar", stockCount: nil, isSoldOut: false))
        }
        var rates: [PublishedMenu.TaxKey: TaxRate] = [:]
        for (index, name) in classes.enumerated() {
            for fulfilment in Fulfilment.allCases where !random.once(in: 10) {
                let millionths = random.once(in: 8) ? 0 : random.number(1...(random.once(in: 20) ? 1_000_000 : 250_000))
                rates[.init(taxClassID: name, fulfilment: fulfilment)] = TaxRate(
                    name: "Tax \(index % 4)", millionths: millionths, isInclusive: random.once(in: 2))
            }
        }
        let category = MenuCategory(id: "all", name: "All", description: "", drawing: "cup", items: items)
        menu = PublishedMenu(
            menu: Menu(version: 1, currency: code, categories: [category]), currency: currency, taxRates: rates,
            validUntil: nil)
        self.step = step
        self.random = random
    }

    public mutating func next() -> Cart {
        let isHuge = random.once(in: 400)
        let count = isHuge ? Int64(OrderLimits.lines) : random.number(1...(random.once(in: 10) ? 8 : 3))
        return Cart(
            lines: (0..<count).map { _ in line(isHuge) }, fulfilment: random.once(in: 3) ? .dineIn : .pickup,
            discounts: discounts(),
            tipMinor: random.once(in: 2) ? 0 : random.number(1...(random.once(in: 9) ? 100_000 : 900)) * step)
    }

    private mutating func line(_ isHuge: Bool) -> ResolvedLine {
        let item = items[Int(random.number(0...11))]
        var options: [Derivation.Option] = []
        for option in item.modifierGroups[0].options where random.once(in: 3) {
            options.append(
                Derivation.Option(
                    id: option.id, group: "G", name: "Option", quantity: random.number(1...3),
                    priceMinor: option.priceMinor))
        }
        let quantity = isHuge || random.once(in: 50) ? OrderLimits.quantity : random.number(1...5)
        return ResolvedLine(item: item, quantity: quantity, options: options, note: "")
    }

    /// None, a code, a member's benefit, or both after each other.
    private mutating func discounts() -> [CartDiscount] {
        let count = random.number(0...2)
        let isCodeAlone = count == 1 && random.once(in: 2)
        return (0..<count).map { index in
            let reduction: PromoCode.Reduction =
                random.once(in: 2)
                ? .percent(millionths: random.once(in: 9) ? 1_000_000 : random.number(1...500_000))
                : .fixed(minor: random.number(1...(random.once(in: 5) ? 1_000_000 : 2_000)) * step)
            let scope = random.once(in: 3) ? Set((0..<4).map { _ in "item-\(random.number(0...11))" }) : nil
            return CartDiscount(
                source: index == 0 && !isCodeAlone ? .memberBenefit : .promoCode, name: "D\(index)",
                reduction: reduction,
                itemIDs: scope)
        }
    }
}
