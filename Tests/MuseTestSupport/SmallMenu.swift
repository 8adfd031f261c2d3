@testable import MuseShared

/// A menu of one item, “tea”, at any price, rate and currency.
public enum SmallMenu {
    public static func item(_ priceMinor: Int64, id: String = "tea") -> MenuItem {
        MenuItem(
            id: id, name: "Tea", description: "", priceMinor: priceMinor, available: true, returnsAt: nil,
            drawing: "cup", dietary: [], allergens: [], modifierGroups: [],
            kitchen: .init(taxClassID: "food", prepSeconds: 60, station: "bar", stockCount: nil, isSoldOut: false))
    }

    public static func of(priceMinor: Int64 = 400, rate: TaxRate, currency: Currency = .usd) -> PublishedMenu {
        let category = MenuCategory(
            id: "c", name: "Tea", description: "", drawing: "cup", items: [item(priceMinor)])
        return PublishedMenu(
            menu: Menu(version: 1, currency: currency.code, categories: [category]), currency: currency,
            taxRates: [.init(taxClassID: "food", fulfilment: .pickup): rate], validUntil: nil)
    }
}
