import Foundation

/// Makes a staff account with its first password. Its action is in the log.
public struct AddStaff: Sendable {
    public struct Request: Sendable {
        public let email: String
        public let role: StaffRole
        /// Empty: the part before the `@`.
        public let name: String
        public let password: String
        /// Who adds; nil at the terminal.
        public let by: String?

        public init(email: String, role: StaffRole, name: String, password: String, by: String? = nil) {
            self.email = email
            self.role = role
            self.name = name
            self.password = password
            self.by = by
        }
    }

    public enum Refusal: Error, Sendable {
        case addressNotValid
        case domainNotAllowed([String])
        case nameTooLong
        case password(PasswordRule.Refusal)
        case addressTaken
        case failed(any Error)
    }

    private let database: Database
    private let hash: HashPassword
    private let domains: [String]
    private let ids: IDSource

    /// - Parameter domains: lowercase; addresses elsewhere are refused.
    public init(database: Database, hash: HashPassword = HashPassword(), domains: [String], ids: IDSource = .live) {
        self.database = database
        self.hash = hash
        self.domains = domains
        self.ids = ids
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> StaffMember {
        guard let address = StaffAddress(request.email) else { throw .addressNotValid }
        guard address.isIn(domains) else { throw .domainNotAllowed(domains) }
        let name = try name(request, address)
        do {
            try PasswordRule.check(request.password, for: address.text)
        } catch {
            throw .password(error)
        }
        let member = StaffMember(id: ids.next(), email: address.text, name: name, role: request.role)
        do {
            let password = try await hash(request.password)
            guard try await add(member, password, by: request.by) else { throw Refusal.addressTaken }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
        return member
    }

    private func name(_ request: Request, _ address: StaffAddress) throws(Refusal) -> String {
        let typed = request.name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard typed.count <= 90 else { throw .nameTooLong }
        return typed.isEmpty ? String(address.text.prefix { $0 != "@" }) : typed
    }

    private func add(_ member: StaffMember, _ password: PasswordHash, by staffID: String?) async throws -> Bool {
        let entryID = ids.next()
        return try await database.write { transaction in
            guard try StaffRepository.insert(member, password: password, in: transaction) else { return false }
            var difference = Difference()
            difference.note("role", from: .none, to: .text(member.role.rawValue))
            difference.note("email", from: .none, to: .text(member.email))
            try ActionLogRepository.record(
                ActionLogRepository.Entry(
                    id: entryID, staffID: staffID, action: "staff.added", subjectID: member.id, difference: difference),
                in: transaction)
            return true
        }
    }
}

extension AddStaff.Refusal {
    /// One line for the person who asked.
    public var sentence: String {
        switch self {
        case .addressNotValid: "This is not an email address."
        case .domainNotAllowed(let domains):
            "Staff addresses end in \(domains.map { "@" + $0 }.joined(separator: " or "))."
        case .nameTooLong: "A name has at most 90 characters."
        case .password(let refusal): refusal.sentence
        case .addressTaken: "Somebody with this address is on the staff already."
        case .failed(let error): "It could not be saved: \(error)"
        }
    }
}
