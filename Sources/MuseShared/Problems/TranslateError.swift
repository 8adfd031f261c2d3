import GRDB
import HTTPTypes
import Hummingbird

extension Problem {
    /// The problem that stands for any thrown error, and whether it is a failure of ours to be logged.
    ///
    /// A busy, locked or full database is a 503: the same request may succeed in a moment, and nothing was written.
    static func translating(_ error: any Error) -> (problem: Problem, isFailure: Bool) {
        switch error {
        case let known as any ProblemConvertible:
            let problem = known.problem
            return (problem, problem.status.code >= 500)
        case let error as HTTPError:
            return (Problem(library: error.status, message: error.body), error.status.code >= 500)
        case let error as DatabaseError where retryable.contains(error.resultCode):
            return (.unavailable(retryAfter: 2), true)
        case is CancellationError:
            return (.unavailable(retryAfter: 2), false)
        default:
            return (.failure, true)
        }
    }

    private static let retryable: Set<ResultCode> = [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR]

    /// An answer that the HTTP library makes by itself, said in our words.
    init(library status: HTTPResponse.Status, message: String? = nil) {
        switch status.code {
        case 400: self = .malformed(message ?? "Its syntax is wrong.")
        case 401: self = .notSignedIn
        case 404: self = .notFound
        case 413: self = .tooLarge(limit: BodyLimits.ordinary)
        case 415: self = .unsupportedType
        case 500: self = .failure
        case 503: self = .unavailable(retryAfter: 2)
        default:
            self = Problem(status, "status-\(status.code)", title: status.reasonPhrase, detail: message)
        }
    }
}
