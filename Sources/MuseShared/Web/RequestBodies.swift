import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Takes in the body of a request within its limit, before the route runs.
///
/// The body is counted whether or not the route reads it. Were it left on the connection, its rest would be read
/// and thrown away without any bound before the next request.
enum RequestBodies {
    static func isExpected(_ headers: HTTPFields) -> Bool {
        headers.contains(.contentLength) || headers.contains(.transferEncoding)
    }

    /// - Throws: 413 when the body is longer than `limit`, 411 for a large upload that doesn't say its length,
    ///   400 when it ends early.
    static func take(_ request: inout Request, limit: Int) async throws {
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limit { throw Problem.tooLarge(limit: limit) }
        guard limit <= BodyLimits.collected else {
            if declared == nil { throw lengthRequired }
            return
        }
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        } catch is HTTPParserError {
            throw endedEarly
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw Problem.tooLarge(limit: limit)
        }
        if let declared, body.readableBytes != declared { throw endedEarly }
    }

    private static var endedEarly: Problem {
        var problem = Problem.malformed("Its body ended early.")
        problem.closesConnection = true
        return problem
    }

    private static var lengthRequired: Problem {
        var problem = Problem(
            .lengthRequired,
            "length-required",
            title: "The length of the upload is missing.",
            detail: "Send Content-Length."
        )
        problem.closesConnection = true
        return problem
    }
}
