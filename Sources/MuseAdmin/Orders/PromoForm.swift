import MuseShared

/// A promo code's editor as texts: what is stored, or what somebody typed.
struct PromoForm: Sendable {
    var revision = ""
    var code = ""
    var note = ""
    /// One of the two is filled.
    var percent = ""
    var amount = ""
    /// Local time of the venue, as browsers write it.
    var startsAt = ""
    var endsAt = ""
    var minimum = ""
    var maxUses = ""
    var maxUsesPerPerson = ""
    var categoryIDs: [String] = []
    var itemIDs: [String] = []
    var isActive = true

    /// A new one.
    init() {}

    init(_ promo: PromoCode, venue: Venue) {
        let terms = promo.terms
        func money(_ minor: Int64) -> String { Money(minor: minor, currency: venue.currency).decimal }
        revision = String(promo.revision)
        code = terms.code
        note = terms.note
        percent = terms.percentMillionths.map { Percent(millionths: $0).text } ?? ""
        amount = terms.amountMinor.map(money) ?? ""
        startsAt = terms.startsAt.map(venue.timeZone.localText) ?? ""
        endsAt = terms.endsAt.map(venue.timeZone.localText) ?? ""
        minimum = terms.minimumSubtotalMinor == 0 ? "" : money(terms.minimumSubtotalMinor)
        maxUses = terms.maxUses.map(String.init) ?? ""
        maxUsesPerPerson = terms.maxUsesPerPerson.map(String.init) ?? ""
        categoryIDs = terms.categoryIDs
        itemIDs = terms.itemIDs
        isActive = terms.isActive
    }

    /// What was typed over what is stored; a field that was not sent keeps what is stored.
    mutating func take(_ fields: FormFields) {
        revision = fields.first("revision") ?? revision
        code = fields.first("code") ?? code
        note = fields.first("note") ?? note
        percent = fields.first("percent") ?? percent
        amount = fields.first("amount") ?? amount
        startsAt = fields.first("startsAt") ?? startsAt
        endsAt = fields.first("endsAt") ?? endsAt
        minimum = fields.first("minimum") ?? minimum
        maxUses = fields.first("maxUses") ?? maxUses
        maxUsesPerPerson = fields.first("maxUsesPerPerson") ?? maxUsesPerPerson
        // A box without a tick is not sent at all: the hidden field beside them says that they were on the form.
        guard fields.first("activeAsked") != nil else { return }
        categoryIDs = fields.all("categoryIds")
        itemIDs = fields.all("itemIds")
        isActive = fields.first("isActive") == "true"
    }
}
