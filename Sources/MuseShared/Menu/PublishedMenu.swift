/// The menu of one version with what pricing needs, ready to be asked by identifier.
public struct PublishedMenu: Sendable {
    public struct TaxKey: Sendable, Hashable {
        let taxClassID: String
        let fulfilment: Fulfilment
    }

    public let menu: Menu
    public let currency: Currency
    let taxRates: [TaxKey: TaxRate]
    /// When something returns by itself or its hours begin or end: from then on this value is old, although no
    /// version moved.
    let validUntil: Timestamp?
    private let items: [String: MenuItem]

    init(menu: Menu, currency: Currency, taxRates: [TaxKey: TaxRate], validUntil: Timestamp?) {
        self.menu = menu
        self.currency = currency
        self.taxRates = taxRates
        self.validUntil = validUntil
        items = Dictionary(
            menu.categories.flatMap(\.items).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func item(_ id: String) -> MenuItem? {
        items[id]
    }

    /// No rate on file means no tax.
    func taxRate(_ taxClassID: String, _ fulfilment: Fulfilment) -> TaxRate? {
        taxRates[TaxKey(taxClassID: taxClassID, fulfilment: fulfilment)]
    }

    public func money(_ minor: Int64) -> Money {
        Money(minor: minor, currency: currency)
    }
}
