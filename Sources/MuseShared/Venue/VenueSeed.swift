/// The venue as it is set up the first time.
public struct VenueSeed: Sendable {
    public let name: String
    public let currency: Currency
    /// IANA name.
    public let timeZone: String
    public var tagline = ""
    public var street = ""
    public var city = ""
    public var phone = ""
    public var email = ""
    public var prepMinutes: Int64 = 12
    public var hours: [OpeningHours] = []

    public init(name: String, currency: Currency, timeZone: String) {
        self.name = name
        self.currency = currency
        self.timeZone = timeZone
    }
}
