import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A service's API as OpenAPI 3.1, made from the router's own routes so that it can't tell of others.
public struct DescribeAPI: Sendable {
    public static let path = "/api/openapi.json"

    /// How a caller shows who it is, as OpenAPI's `securitySchemes` say it.
    public struct Scheme: Encodable, Sendable {
        let type = "apiKey"
        let place: String
        let name: String

        public static func cookie(_ name: String) -> Scheme { Scheme(place: "cookie", name: name) }
        public static func header(_ name: String) -> Scheme { Scheme(place: "header", name: name) }

        enum CodingKeys: String, CodingKey {
            case type, name
            case place = "in"
        }
    }

    /// Something a request carries beside its body.
    public struct Parameter: Encodable, Sendable {
        let name: String
        let place: String
        let required: Bool
        let schema = ["type": "string"]

        public static func header(_ name: String) -> Parameter {
            Parameter(name: name, place: "header", required: true)
        }
        public static func query(_ name: String, required: Bool = true) -> Parameter {
            Parameter(name: name, place: "query", required: required)
        }

        enum CodingKeys: String, CodingKey {
            case name, required, schema
            case place = "in"
        }
    }

    struct Document: Encodable {
        let openapi = "3.1.0"
        let info: [String: String]
        let paths: [String: [String: Operation]]
        let components: [String: [String: Scheme]]
    }

    struct Operation: Encodable {
        let summary: String
        let parameters: [Parameter]
        let responses = [
            "default": ["description": "The answer, or a problem as application/problem+json (RFC 9457)."]
        ]
        let security: [[String: [String]]]
    }

    let title: String
    let sentences: [String: String]
    let parameters: [String: [Parameter]]
    let schemes: [String: Scheme]
    let needs: @Sendable (_ operation: String) -> String?

    /// - Parameters:
    ///   - sentences: by operation, such as `GET /api/orders/{id}`.
    ///   - parameters: by operation, beside those of the path.
    ///   - needs: the name of the scheme that an operation asks for; nil where anyone may call.
    public init(
        title: String, sentences: [String: String], parameters: [String: [Parameter]] = [:],
        schemes: [String: Scheme], needs: @escaping @Sendable (_ operation: String) -> String?
    ) {
        self.title = title
        self.sentences = sentences
        self.parameters = parameters
        self.schemes = schemes
        self.needs = needs
    }

    /// Adds the document's address to `group`. To be called last: it tells of the routes that `router` has by then.
    public func add<Root, Context>(to group: some RouterMethods<Context>, of router: Router<Root>) {
        let routes =
            router.routes.map { (method: $0.method, path: $0.path.description) } + [(method: .get, path: Self.path)]
        group.get("/api/openapi.json") { _, _ in
            let headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
            let document = ByteBuffer(bytes: try self(routes))
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: document))
        }
    }

    /// - Parameter routes: method and path template of every route.
    func callAsFunction(_ routes: [(method: HTTPRequest.Method, path: String)]) throws -> Data {
        var paths: [String: [String: Operation]] = [:]
        for route in routes where route.path.hasPrefix("/api/") && route.method != .head {
            let name = "\(route.method.rawValue) \(route.path)"
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = Operation(
                summary: sentences[name] ?? "",
                parameters: Self.parameters(of: route.path) + (parameters[name] ?? []),
                security: needs(name).map { [[$0: []]] } ?? [])
        }
        let encoder = MuseJSON.encoder
        encoder.outputFormatting.insert(.sortedKeys)
        return try encoder.encode(
            Document(
                info: ["title": title, "version": "1"], paths: paths, components: ["securitySchemes": schemes]))
    }

    private static func parameters(of path: String) -> [Parameter] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }
            .map { Parameter(name: String($0.dropFirst().dropLast()), place: "path", required: true) }
    }
}
