/// Creates a promo code or changes one; it counts so from the next order on.
///
/// One write: the code, and the difference in the action log. A change that changes nothing writes nothing. An order
/// that was priced by the older terms and not placed yet is priced again.
public struct SavePromoCode: Sendable {
    public struct Request: Sendable {
        /// Nil makes a new one.
        public let id: String?
        public let change: PromoChange
        /// The revision that the editor had seen; nil is a program that does not mind.
        public let seenRevision: Int64?
        public let staffID: String

        public init(id: String?, change: PromoChange, seenRevision: Int64? = nil, staffID: String) {
            self.id = id
            self.change = change
            self.seenRevision = seenRevision
            self.staffID = staffID
        }
    }

    public enum Refusal: Error, Sendable {
        case unknownCode
        case invalid([FieldError])
        /// Another code has this name.
        case taken(String)
        /// Somebody else saved it since it was opened: as it is now.
        case changedMeanwhile(PromoCode)
        case failed(any Error)
    }

    private let database: Database
    private let ids: IDSource

    public init(database: Database, ids: IDSource = .live) {
        self.database = database
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> PromoCode {
        do {
            return try await database.write { try save(request, in: $0) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func save(_ request: Request, in transaction: Transaction) throws -> PromoCode {
        let before = try request.id.map { id in
            guard let promo = try PromoCodeRepository.promo(id, in: transaction) else { throw Refusal.unknownCode }
            return promo
        }
        if let before, let seen = request.seenRevision, seen != before.revision {
            throw Refusal.changedMeanwhile(before)
        }
        let terms = try wanted(request.change, from: before?.terms)
        try check(terms, of: before, in: transaction)
        let id = before?.id ?? ids.next()
        let difference = terms.difference(from: before?.terms)
        if let before, difference.isEmpty { return before }
        if before == nil {
            try PromoCodeRepository.insert(terms, id: id, in: transaction)
        } else {
            try PromoCodeRepository.update(terms, id: id, in: transaction)
        }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: ids.next(), staffID: request.staffID,
                action: before == nil ? "promo_code.created" : "promo_code.changed", subjectID: id,
                difference: difference),
            in: transaction)
        guard let saved = try PromoCodeRepository.promo(id, in: transaction) else { throw Refusal.unknownCode }
        return saved
    }

    private func wanted(_ change: PromoChange, from terms: PromoCode.Terms?) throws(Refusal) -> PromoCode.Terms {
        if let terms { return change.applied(to: terms) }
        guard let reduction = change.reduction else {
            throw .invalid([FieldError("percent", "What does it take off? A percentage or an amount.")])
        }
        return change.applied(to: PromoCode.Terms(code: "", reduction: reduction))
    }

    private func check(_ terms: PromoCode.Terms, of promo: PromoCode?, in transaction: Transaction) throws {
        let venue = try VenueRepository.venue(in: transaction)
        var problems = terms.problems(in: venue.currency, uses: promo?.useCount ?? 0)
        let unknown = try PromoCodeRepository.unknownSubjects(of: terms, in: transaction)
        if !unknown.categories.isEmpty {
            problems.append(FieldError("categoryIds", "A category is no longer there. Choose again."))
        }
        if !unknown.items.isEmpty {
            problems.append(FieldError("itemIds", "An item is no longer there. Choose again."))
        }
        guard problems.isEmpty else { throw Refusal.invalid(problems) }
        if try PromoCodeRepository.isTaken(terms.code, except: promo?.id, in: transaction) {
            throw Refusal.taken(terms.code)
        }
    }
}

extension SavePromoCode.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .unknownCode:
            .notFound
        case .invalid(let errors):
            .invalid(errors)
        case .taken(let code):
            .invalid("code", "There is a code \(code) already. Change that one, or choose another name.")
        case .changedMeanwhile(let promo):
            Problem.conflict(
                "changed-meanwhile", title: "Somebody else has changed this code since you opened it.",
                detail:
                    "It is revision \(promo.revision) now. Yours is kept below and not saved: look again, then save.")
        case .failed(let error):
            Problem.failure(of: error)
        }
    }
}
