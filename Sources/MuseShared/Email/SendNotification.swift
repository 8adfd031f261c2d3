/// Staff write to a guest: the message waits in the staff site's outbox until the customer service has taken it.
///
/// Writes the call, the order's timeline and the action log; bumps `emails`, and `orders` for an order's message.
public struct SendNotification: Sendable {
    public struct Request: Sendable {
        /// Without one, the order's guest is written to.
        public var to: String?
        /// Everyone who is coming to an event.
        public var eventID: String?
        public var subject: String
        public var text: String
        public var orderID: String?
        public let staffID: String

        public init(subject: String, text: String, staffID: String) {
            self.subject = subject
            self.text = text
            self.staffID = staffID
        }
    }

    public enum Refusal: MuseShared.Refusal {
        case invalid([FieldError])
        case unknownOrder
        case unknownEvent
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    /// Returns the id of the message in the staff site's outbox.
    public func callAsFunction(_ request: Request) async throws(Refusal) -> String {
        do {
            // There are no events yet whose guests could be written to.
            guard request.eventID == nil else { throw Refusal.unknownEvent }
            let subject = try QueueEmail.words(
                request.subject, field: "subject", maximum: QueueEmail.longestSubject, lines: .one)
            let text = try QueueEmail.words(request.text, field: "text", maximum: QueueEmail.longestText, lines: .many)
            return try await database.write { transaction in
                var body = SendEmailBody(to: try Self.address(request, in: transaction).text)
                body.subject = subject
                body.text = text
                body.orderId = request.orderID
                let draft = EmailCallRepository.Draft(
                    id: ids.next(), body: body, staffID: request.staffID, eventID: ids.next(), logID: ids.next())
                try EmailCallRepository.queue(draft, in: transaction)
                return draft.id
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch let problem as Problem {
            throw .invalid(problem.errors)
        } catch {
            throw .failed(error)
        }
    }

    private static func address(_ request: Request, in transaction: Transaction) throws -> EmailAddress {
        var ofOrder: String?
        if let orderID = request.orderID {
            ofOrder = try EmailCallRepository.address(ofOrder: orderID, in: transaction)
            guard ofOrder != nil else { throw Refusal.unknownOrder }
        }
        guard let address = (request.to ?? ofOrder).flatMap({ EmailAddress($0) }) else {
            throw Refusal.invalid([FieldError("to", "Enter an address like name@example.com.")])
        }
        return address
    }
}

extension SendNotification.Refusal {
    public var problem: Problem {
        switch self {
        case .invalid(let errors): .invalid(errors)
        case .unknownOrder: .invalid("orderId", "There is no such order.")
        case .unknownEvent: .invalid("eventId", "There is no such event.")
        case .failed(let error):
            (error as? any ProblemConvertible)?.problem ?? Problem.translating(error).problem
        }
    }
}
