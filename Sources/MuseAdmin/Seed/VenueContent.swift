import MuseShared

/// The venue that a fresh database begins with.
enum VenueContent {
    static var venue: VenueSeed {
        var venue = VenueSeed(name: "Muse & Co", currency: .usd, timeZone: "America/New_York")
        venue.tagline = "A café by day, a lounge by night."
        venue.street = "1412 Camden Road"
        venue.city = "Charlotte, NC 28203"
        venue.phone = "(704) 555-0142"
        venue.email = "hello@ncmuse.co"
        venue.prepMinutes = 12
        venue.hours = hours
        return venue
    }

    /// Day and night: a closed venue refuses what is wanted as soon as possible, and whoever tries the café, or checks a
    /// program against it, does so at any hour. A real venue writes its own under Hours.
    private static let hours = (1...7).map { OpeningHours(weekday: $0, opens: 0, closes: 1440) }

    /// North Carolina and Mecklenburg County together: 7.25 % on what is prepared here, with the county's 1 % on
    /// prepared food and beverages besides when it is eaten or taken from the counter (NC G.S. 105-164.4 and
    /// Mecklenburg's prepared-food tax); 2 % on food that is only sold over the counter to take home.
    static let taxClasses = [
        MenuSeed.TaxClass(
            "prepared", "Prepared food and drinks",
            rates: [
                .pickup: TaxRate(name: "Sales tax", millionths: 72_500, isInclusive: false),
                .dineIn: TaxRate(name: "Sales and prepared-food tax", millionths: 82_500, isInclusive: false),
            ]),
        MenuSeed.TaxClass(
            "grocery", "Food to take home",
            rates: [
                .pickup: TaxRate(name: "Food tax", millionths: 20_000, isInclusive: false),
                .dineIn: TaxRate(name: "Sales and prepared-food tax", millionths: 82_500, isInclusive: false),
            ]),
    ]
}
