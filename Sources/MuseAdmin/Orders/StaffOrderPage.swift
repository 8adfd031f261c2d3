import MuseShared

/// Everything about one order, and what can be done with it now.
struct StaffOrderPage: Page {
    static let template = "orders/staff-order-page"

    struct Move: Encodable, Sendable {
        let moveStatus: String
        let moveLabel: String
    }

    struct Cancel: Encodable, Sendable {
        let consequence: String
        let cancelLabel: String
    }

    struct Fact: Encodable, Sendable {
        let fact: String
        let value: String
    }

    struct Owed: Encodable, Sendable {
        let owedWords: String
        let noteError: String?
    }

    struct Happening: Encodable, Sendable {
        let time: String
        let what: String
        let who: String?
    }

    struct Message: Encodable, Sendable {
        let isOpen: Bool
        let subjectValue: String
        let textValue: String
        let subjectError: String?
        let textError: String?
    }

    struct Content {
        let detail: OrderDetail
        /// What can still go back to the card: less what went, and what a dispute holds or has taken.
        let refundableMinor: Int64
        let emails: [EmailLife]
        let session: CheckoutRepository.Session?
        let venue: Venue
        let staff: StaffMember
        let now: Timestamp
        var problem: Problem?
        /// What was typed into the message that was refused.
        var message: MessageForm?
    }

    let title: String
    let staff: StaffFrame
    let problem: FormProblem?
    let heading: String
    let tone: String
    let stateWord: String
    let summary: String
    let orderId: String
    let hasMoves: Bool
    let moves: [Move]
    let backs: [Move]
    let cancel: Cancel?
    let lines: [StaffLine]
    let orderNote: String?
    let totals: TotalsTable
    let returned: ReturnedTable?
    let payment: [Fact]
    let refundHref: String?
    let owed: Owed?
    let guestName: String
    let guestEmail: String
    let guestPhone: String?
    let timeline: [Happening]
    let hasEmails: Bool
    let emails: [MailRow]
    let message: Message?

    init(_ content: Content, frame: StaffFrame) {
        let order = content.detail.order
        let words = StaffOrderWords(content)
        staff = frame
        problem = content.problem.map { FormProblem($0) }
        heading = words.name
        title = words.name
        tone = StaffWords.tone(order.status)
        stateWord = StaffWords.state(order.status)
        summary = words.summary
        orderId = order.id
        moves = words.moves
        backs = words.backs
        cancel = words.cancel
        hasMoves = !moves.isEmpty || !backs.isEmpty || cancel != nil
        lines = content.detail.lines.map { StaffLine($0, currency: words.currency) }
        orderNote = order.note.isEmpty ? nil : order.note
        totals = TotalsTable(order.derivation, detail: .full)
        returned = ReturnedTable(content.detail, zone: content.venue.timeZone)
        payment = words.payment
        refundHref = words.refundHref
        owed = words.owed
        guestName = order.contact.name
        guestEmail = order.contact.email
        guestPhone = order.contact.phone.flatMap { $0.isEmpty ? nil : $0 }
        timeline = words.timeline
        emails = content.emails.map { MailRow($0, zone: content.venue.timeZone) }
        hasEmails = !emails.isEmpty
        message = words.message
    }
}

/// A message to a guest as it was typed.
struct MessageForm: Sendable {
    var subject: String
    var text: String
}

/// One line as staff read it.
struct StaffLine: Encodable, Sendable {
    let quantity: Int64
    let lineName: String
    let amount: String
    let hasOptions: Bool
    let options: [String]
    let lineNote: String?

    init(_ line: OrderLine, currency: Currency) {
        quantity = line.quantity
        lineName = line.name
        amount = Money(minor: line.grossMinor, currency: currency).formatted
        options = line.options.map(StaffWords.option)
        hasOptions = !line.options.isEmpty
        lineNote = line.note.isEmpty ? nil : line.note
    }
}

/// One message and what became of it.
struct MailRow: Encodable, Sendable {
    let subject: String
    let to: String
    let mailState: String
    let mailTone: String
    let mailTime: String
    let mailDetail: String?

    init(_ email: EmailLife, zone: VenueZone) {
        subject = email.subject.isEmpty ? email.template : email.subject
        to = email.maskedAddress
        mailTime = zone.dayAndTime(email.sentAt ?? email.createdAt)
        switch email.state {
        case .sent: (mailState, mailTone) = ("Sent", "positive")
        case .failed: (mailState, mailTone) = ("Failed", "danger")
        case .sending: (mailState, mailTone) = ("Being sent", "warning")
        case .queued: (mailState, mailTone) = ("Queued", "warning")
        case .waiting: (mailState, mailTone) = ("Waits for the customer service", "warning")
        }
        mailDetail = Self.detail(email, zone: zone)
    }

    private static func detail(_ email: EmailLife, zone: VenueZone) -> String? {
        guard let error = email.lastError else { return nil }
        guard let next = email.nextAttemptAt else { return "After \(email.attempts) tries: \(error)" }
        return "Tried \(email.attempts) times, again at \(zone.clockTime(next)): \(error)"
    }
}
