import HTTPTypes
import Hummingbird
import NIOCore

/// An answer that lies in memory: nothing has to be awaited to give it.
public struct ReadyAnswer: Sendable {
    public let status: HTTPResponse.Status
    public let headers: HTTPFields
    public let body: ByteBuffer?

    public init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The same answer for the router.
    public var response: Response {
        Response(status: status, headers: headers, body: body.map { ResponseBody(byteBuffer: $0) } ?? .init())
    }
}

/// A GET route whose every answer lies in memory, such as `GET /api/menu`.
///
/// The router knows it as well, for HEAD, for refusals and for whatever else is out of the ordinary. The plain GET is
/// answered on the thread that read it: the way through an asynchronous channel and its task costs several times what
/// such an answer does.
public struct ReadyRoute: Sendable {
    public let path: String
    let answer: @Sendable (HTTPFields) throws -> ReadyAnswer

    /// - Parameter answer: must not wait for anything; it runs on an event loop. Told the request's headers.
    public init(_ path: String, answer: @escaping @Sendable (HTTPFields) throws -> ReadyAnswer) {
        self.path = path
        self.answer = answer
    }

    public func add<Context: WebContext>(to router: Router<Context>) {
        router.get(RouterPath(path)) { [answer] request, _ in try answer(request.headers).response }
    }
}
