import Foundation
import HTTPTypes
import Hummingbird
import MuseShared

/// The staff API as OpenAPI 3.1, made from the router's own routes so that it can't tell of others.
struct DescribeStaffAPI {
    static let sentences = [
        "POST /api/auth/sign-in": "Sign in with email and password; sets the session cookie.",
        "POST /api/auth/sign-out": "End the session.",
        "GET /api/me": "Who is signed in, with role and permissions.",
        "GET /api/orders": "Orders, newest first, by status (or open), day, q and cursor.",
        "GET /api/orders/{id}": "One order with lines, totals, payment, refunds and timeline.",
        "POST /api/orders/{id}/status": "Move an order to another status; cancelled gives its money back.",
        "GET /api/orders/stream": "Server-sent events: `orders` after each change of any order, `ping` in between.",
        "GET /api/menu": "The menu as guests see it.",
        "PATCH /api/menu/items/{id}": "Change an item, live at once; with `revision`, refused if it changed meanwhile.",
        "POST /api/menu/items/{id}": "The same for a form.",
        "POST /api/menu/items/{id}/sold-out": "Take an item off the menu, until a time or until further notice.",
        "DELETE /api/menu/items/{id}/sold-out": "Put an item back on the menu.",
        "POST /api/notifications": "Write to a guest.",
        "GET /api/cache-versions": "The versions behind the caches, by name.",
        "GET /api/openapi.json": "This document.",
    ]

    struct Document: Encodable {
        let openapi = "3.1.0"
        let info = ["title": "Muse & Co staff API", "version": "1"]
        let paths: [String: [String: Operation]]
        let components = Components()
    }

    struct Components: Encodable {
        let securitySchemes = ["session": ["type": "apiKey", "in": "cookie", "name": "muse-admin-session"]]
    }

    struct Operation: Encodable {
        let summary: String
        let parameters: [Parameter]
        let responses = [
            "default": ["description": "The answer, or a problem as application/problem+json (RFC 9457)."]
        ]
        let security: [[String: [String]]]
    }

    struct Parameter: Encodable {
        let name: String
        let place = "path"
        let required = true
        let schema = ["type": "string"]

        enum CodingKeys: String, CodingKey {
            case name, required, schema
            case place = "in"
        }
    }

    /// - Parameter routes: method and path template of every route.
    func callAsFunction(_ routes: [(method: HTTPRequest.Method, path: String)]) throws -> Data {
        var paths: [String: [String: Operation]] = [:]
        for route in routes where route.path.hasPrefix("/api/") && route.method != .head {
            let isOpen = RefuseStrangers.open.contains(route.path)
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = Operation(
                summary: Self.sentences["\(route.method.rawValue) \(route.path)"] ?? "",
                parameters: Self.parameters(of: route.path), security: isOpen ? [] : [["session": []]])
        }
        let encoder = MuseJSON.encoder
        encoder.outputFormatting.insert(.sortedKeys)
        return try encoder.encode(Document(paths: paths))
    }

    private static func parameters(of path: String) -> [Parameter] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { Parameter(name: String($0.dropFirst().dropLast())) }
    }
}
