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
            return (problem, problem.status.code >= 500 && !problem.isToldAlready)
        case let error as HTTPError:
            return (Problem(library: error.status, message: error.body), error.status.code >= 500)
        case let failure as DatabaseFailure where [.busy, .full, .closed].contains(failure):
            return (.unavailable(retryAfter: failure == .full ? 30 : 2), true)
        case let error as DatabaseError where retryable.contains(error.resultCode):
            return (.unavailable(retryAfter: 2), true)
        case is CancellationError:
            return (.unavailable(retryAfter: 2), false)
        default:
            return (.failure, true)
        }
    }

    /// What a refusal that only wraps a failure says of it, for the `problem` of ``Refusal``'s `failed` case.
    public static func failure(of error: any Error) -> Problem {
        translating(error).problem
    }

    private static let retryable: [ResultCode] = [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR]

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
