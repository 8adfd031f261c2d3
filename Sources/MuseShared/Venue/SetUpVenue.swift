import Foundation

/// Makes the one venue of an empty database: what staff can't do on the site, because the site needs a venue to be there.
///
/// A venue that is there stays as it is. Without hours the venue is closed until staff set them.
public struct SetUpVenue: Sendable {
    public struct Request: Sendable {
        public var name: String
        public var currency: String
        public var timeZone: String
        public var tagline = ""
        public var street = ""
        public var city = ""
        public var phone = ""
        public var email = ""
        /// Each like `Sales tax=7.25`, or `Food=7.25/8.25` with another rate at the table. None: nothing is taxed.
        public var taxes: [String] = []
        /// The prices of the menu contain the tax.
        public var includesTax = false
        /// Each like `daily=07:00-22:00` or `friday=18:00-02:00`; a later one replaces an earlier one.
        public var hours: [String] = []

        public init(name: String, currency: String, timeZone: String) {
            self.name = name
            self.currency = currency
            self.timeZone = timeZone
        }
    }

    public enum Refusal: Error, Sendable, Equatable {
        case name
        case currency(String)
        case timeZone(String)
        case email(String)
        /// A text that is too long or can't be shown; the option's name.
        case text(String)
        case tax(String)
        case hours(String)
    }

    private let repository: VenueSeedRepository

    public init(database: Database) {
        repository = VenueSeedRepository(database: database)
    }

    /// False if there is a venue already.
    public func callAsFunction(_ request: Request) async throws -> Bool {
        let venue = try Self.venue(request)
        return try await repository.plant(venue, taxClasses: try Self.taxClasses(request))
    }

    // MARK: Reading

    static func venue(_ request: Request) throws(Refusal) -> VenueSeed {
        let name = try text(request.name, "name", maximum: 60)
        guard !name.isEmpty else { throw .name }
        guard let currency = Currency(code: request.currency), Locale.Currency(currency.code).isISOCurrency else {
            throw .currency(request.currency)
        }
        guard request.timeZone.contains("/") || request.timeZone == "UTC",
            let zone = VenueZone(identifier: request.timeZone)
        else { throw .timeZone(request.timeZone) }
        var venue = VenueSeed(name: name, currency: currency, timeZone: zone.identifier)
        venue.tagline = try text(request.tagline, "tagline", maximum: 120)
        venue.street = try text(request.street, "street", maximum: 120)
        venue.city = try text(request.city, "city", maximum: 120)
        venue.phone = try text(request.phone, "phone", maximum: 40)
        if !request.email.isEmpty {
            guard let email = EmailAddress(request.email) else { throw .email(request.email) }
            venue.email = email.text
        }
        venue.hours = try hours(request.hours)
        return venue
    }

    private static func text(_ text: String, _ option: String, maximum: Int) throws(Refusal) -> String {
        do {
            return try PlainText.clean(text, field: option, maximum: maximum)
        } catch {
            throw .text(option)
        }
    }

    static func taxClasses(_ request: Request) throws(Refusal) -> [MenuSeed.TaxClass] {
        guard !request.taxes.isEmpty else { return [untaxed] }
        var classes: [MenuSeed.TaxClass] = []
        for written in request.taxes {
            let taxClass = try taxClass(written, isInclusive: request.includesTax)
            guard !classes.contains(where: { $0.id == taxClass.id }) else { throw .tax(written) }
            classes.append(taxClass)
        }
        return classes
    }

    /// So that items can be made: each is of a class.
    private static var untaxed: MenuSeed.TaxClass {
        let none = TaxRate(name: "No tax", millionths: 0, isInclusive: false)
        return MenuSeed.TaxClass("no-tax", "No tax", rates: [.pickup: none, .dineIn: none])
    }

    private static func taxClass(_ written: String, isInclusive: Bool) throws(Refusal) -> MenuSeed.TaxClass {
        let parts = written.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw .tax(written) }
        let name = try text(parts[0], "tax", maximum: 60)
        let id = identifier(name)
        let rates = parts[1].split(separator: "/", omittingEmptySubsequences: false).map { millionths(String($0)) }
        guard !id.isEmpty, (1...2).contains(rates.count), let pickup = rates[0], let dineIn = rates[rates.count - 1]
        else { throw .tax(written) }
        return MenuSeed.TaxClass(
            id, name,
            rates: [
                .pickup: TaxRate(name: name, millionths: pickup, isInclusive: isInclusive),
                .dineIn: TaxRate(name: name, millionths: dineIn, isInclusive: isInclusive),
            ])
    }

    /// Nothing is a rate too: some food is taxed with none.
    private static func millionths(_ text: String) -> Int64? {
        text.trimmingCharacters(in: .whitespaces) == "0" ? 0 : Percent(text: text)?.millionths
    }

    /// `Sales tax` is `sales-tax`.
    private static func identifier(_ name: String) -> String {
        name.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }

    private static func hours(_ texts: [String]) throws(Refusal) -> [OpeningHours] {
        var byWeekday: [Int: [OpeningHours]] = [:]
        for written in texts {
            let parts = written.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            let day = parts.first?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
            let weekdays =
                day == "daily" ? Array(1...7) : ChangeOpeningHours.dayNames.firstIndex(of: day).map { [$0 + 1] } ?? []
            guard parts.count == 2, !weekdays.isEmpty else { throw .hours(written) }
            for weekday in weekdays {
                guard let windows = HoursText.windows(parts[1], weekday: weekday) else { throw .hours(written) }
                byWeekday[weekday] = windows
            }
        }
        return byWeekday.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}

extension SetUpVenue.Refusal {
    /// One line for the person at the terminal.
    public var sentence: String {
        switch self {
        case .name: "Give the venue a name of at most 60 characters."
        case .currency(let text): "\(text) is no currency: write its three letters, such as USD."
        case .timeZone(let text): "\(text) is no time zone: write its IANA name, such as America/New_York."
        case .email(let text): "\(text) is no email address."
        case .text(let option): "The \(option) is too long, or has characters that can't be shown."
        case .tax(let text):
            "\(text) is no tax: write a name and its percent, such as “Sales tax=7.25”, each name once."
        case .hours(let text): "\(text) are no hours: write “daily=07:00-22:00” or “friday=18:00-02:00”."
        }
    }
}
