import HTTPTypes

/// Signs somebody of the staff in, with a new session each time.
///
/// A wrong address, a wrong password and a removed account are one and the same refusal after the same work.
public struct SignInStaff: Sendable {
    public struct Request: Sendable {
        public let email: String
        public let password: String
        public let client: NetworkAddress
        public let userAgent: String
        /// The session that the browser had until now; it ends.
        public let replacing: Token?
        /// The browser's cookie of ``KnownDevices``.
        public let devices: String?

        public init(
            email: String, password: String, client: NetworkAddress, userAgent: String, replacing: Token?,
            devices: String? = nil
        ) {
            self.email = email
            self.password = password
            self.client = client
            self.userAgent = userAgent
            self.replacing = replacing
            self.devices = devices
        }
    }

    public enum Refusal: Error, Sendable {
        case wrongCredentials
        /// Too many attempts for this account or from this address; the password was not looked at.
        case wait(seconds: Int64)
        case failed(any Error)
    }

    public struct SignedIn: Sendable {
        public let staff: StaffMember
        /// For the cookie; only its hash is stored.
        public let token: Token
        /// For the cookie of ``KnownDevices``.
        public let devices: String?
    }

    private let database: Database
    private let accounts: StaffRepository
    private let hash: HashPassword
    private let devices: KnownDevices

    public init(database: Database, hash: HashPassword = HashPassword(), devices: KnownDevices) {
        self.devices = devices
        self.database = database
        accounts = StaffRepository(database: database)
        self.hash = hash
    }

    public func callAsFunction(_ request: Request) async throws(Refusal) -> SignedIn {
        do {
            let subject = subject(of: request)
            let wait = try await database.write { try SignInAttemptRepository.claim(subject, in: $0) }
            if let wait { throw Refusal.wait(seconds: wait) }
            let (account, password) = try await verify(request)
            return try await begin(account, password, request, subject)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .failed(error)
        }
    }

    private func subject(of request: Request) -> SignInAttemptRepository.Subject {
        let account = SignInAttemptRepository.accountKey(request.email)
        return SignInAttemptRepository.Subject(
            accountKey: account, clientKey: request.client.limited.description,
            deviceKey: devices.attemptKey(in: request.devices, account: account, now: database.clock.now()))
    }

    private func verify(_ request: Request) async throws -> (StaffMember, PasswordHash) {
        let account = try StaffAddress(request.email).flatMap { try accounts.account($0) }
        // A longer text than any password is not worth hashing, but it takes the same time.
        let typed = String(request.password.prefix(PasswordRule.length.upperBound + 1))
        guard try await hash.isRight(typed, for: account?.password), let account, let password = account.password else {
            throw Refusal.wrongCredentials
        }
        return (account.member, password)
    }

    private func begin(
        _ staff: StaffMember, _ password: PasswordHash, _ request: Request, _ subject: SignInAttemptRepository.Subject
    ) async throws -> SignedIn {
        let token = Token.random()
        let isOpen = try await database.write { transaction in
            guard try StaffRepository.stillHas(password, id: staff.id, in: transaction) else { return false }
            try SignInAttemptRepository.succeeded(subject, in: transaction)
            if let old = request.replacing { try StaffSessionRepository.end(tokenHash: old.hash, in: transaction) }
            try StaffSessionRepository.begin(
                token, of: staff.id, userAgent: String(request.userAgent.prefix(300)), in: transaction)
            return true
        }
        guard isOpen else { throw Refusal.wrongCredentials }
        let known = devices.adding(subject.accountKey, to: request.devices, now: database.clock.now())
        return SignedIn(staff: staff, token: token, devices: known)
    }
}

extension SignInStaff.Refusal: Refusal {
    public var problem: Problem {
        switch self {
        case .wrongCredentials:
            Problem(
                .unauthorized, "wrong-credentials", title: "Address and password don't match.",
                detail: "Check both and try again.")
        case .wait(let seconds):
            Problem(
                .tooManyRequests, "too-many-attempts", title: "Too many attempts.",
                detail: "Wait \(Self.words(seconds)), then try again. The password was not checked."
            ).retry(after: Int(clamping: seconds))
        case .failed(let error):
            Problem.failure(of: error)
        }
    }

    private static func words(_ seconds: Int64) -> String {
        seconds < 60 ? "\(seconds) seconds" : seconds < 120 ? "a minute" : "\((seconds + 59) / 60) minutes"
    }
}
