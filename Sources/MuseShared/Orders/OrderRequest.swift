/// What a guest asks for: the body of `POST /api/orders` and `POST /api/quotes`.
public struct OrderRequest: Sendable, Codable, Equatable {
    public var lines: [Line]
    public var fulfilment: FulfilmentChoice?
    public var contact: Contact?
    public var tipMinor: Int64?
    public var promoCode: String?
    /// What the guest was shown; a different total is refused with the new one.
    public var expectedTotalMinor: Int64?
    public var note: String?
    /// The text of ``SeenTotals`` that came with the quote: a different total is then refused with its reasons.
    public var seen: String?

    public init(
        lines: [Line], fulfilment: FulfilmentChoice? = nil, contact: Contact? = nil, tipMinor: Int64? = nil,
        expectedTotalMinor: Int64? = nil
    ) {
        self.lines = lines
        self.fulfilment = fulfilment
        self.contact = contact
        self.tipMinor = tipMinor
        self.expectedTotalMinor = expectedTotalMinor
    }

    public enum Kind: String, Sendable, Codable {
        case item, ticket, membership
    }

    /// One line of the cart. Which identifier it needs depends on its kind.
    public struct Line: Sendable, Codable, Equatable {
        public var kind: Kind
        public var itemId: String?
        public var ticketTypeId: String?
        public var planId: String?
        public var interval: String?
        public var quantity: Int64?
        public var options: [Choice]?
        public var note: String?

        public init(itemId: String, quantity: Int64, options: [Choice] = [], note: String? = nil) {
            kind = .item
            self.itemId = itemId
            self.quantity = quantity
            self.options = options
            self.note = note
        }
    }

    public struct Choice: Sendable, Codable, Equatable {
        public var id: String
        public var quantity: Int64?

        public init(id: String, quantity: Int64? = nil) {
            self.id = id
            self.quantity = quantity
        }
    }

    public struct FulfilmentChoice: Sendable, Codable, Equatable {
        public var type: Fulfilment
        /// Absent: as soon as possible.
        public var at: Timestamp?
        public var table: String?

        public init(type: Fulfilment, at: Timestamp? = nil, table: String? = nil) {
            self.type = type
            self.at = at
            self.table = table
        }
    }

    public struct Contact: Sendable, Codable, Equatable {
        public var name: String
        public var email: String
        public var phone: String?

        public init(name: String, email: String, phone: String? = nil) {
            self.name = name
            self.email = email
            self.phone = phone
        }
    }
}
