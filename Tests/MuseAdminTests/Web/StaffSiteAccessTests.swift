import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct StaffSiteAccessTests {
    private static let open: Set<String> = [
        "/sign-in", "/api/auth/sign-in", "/healthz", "/readyz", "/metrics", "/assets/**", "/media/{name}",
    ]

    private static func filled(_ template: String) -> String {
        template.split(separator: "/").map { $0.hasPrefix("{") ? "abc" : String($0) }.reduce("") { "\($0)/\($1)" }
    }

    @Test func `without a session every route of the router refuses`() async throws {
        let site = try await StaffSite.open()
        let routes = site.program.router().routes
        let closed = routes.filter { !Self.open.contains($0.path.description) && $0.method != .head }
            .map { (method: $0.method, template: $0.path.description) }
        #expect(closed.count >= 15)
        try await site.visit { visitor in
            for route in closed {
                let path = route.template == "/" ? "/" : Self.filled(route.template)
                let answer =
                    route.method == .get
                    ? try await visitor.get(path) : try await visitor.send(route.method, path, json: "{}")
                let isRefused =
                    path.hasPrefix("/api/")
                    ? answer.status == .unauthorized : answer.headers[.location]?.hasPrefix("/sign-in") == true
                #expect(isRefused, "\(route.method) \(path): \(answer.status)")
            }
        }
    }

    @Test(arguments: ["/nope", "/api/nope", "/orders/abc/nope", "/.env", "/api/openapi.json"])
    func `without a session what is not there looks like what is`(_ path: String) async throws {
        let site = try await StaffSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.get(path)
            #expect(path.hasPrefix("/api/") ? answer.status == .unauthorized : answer.status == .seeOther)
            let form = try await visitor.post(path, form: "a=b")
            #expect(form.headers[.location] == "/sign-in")
        }
    }

    @Test func `a stolen or invented cookie opens nothing`() async throws {
        let site = try await StaffSite.open()
        try await site.visit { visitor in
            for cookie in [
                "muse-admin-session=", "muse-admin-session=x", "muse-customer-session=\(Token.random().text)",
            ] {
                var thief = visitor
                thief.cookie = cookie
                let answer = try await thief.get("/api/me")
                #expect(answer.status == .unauthorized)
            }
        }
    }

    @Test(arguments: StaffRole.allCases)
    func `each role reaches exactly what its permissions say`(_ role: StaffRole) async throws {
        let site = try await StaffSite.open()
        let policy: [(HTTPRequest.Method, String, Permission)] = [
            (.get, "/board", .viewBoard), (.get, "/orders", .viewOrders), (.get, "/orders/abc", .viewOrders),
            (.get, "/menu", .viewMenu), (.get, "/menu/items/abc", .editMenu),
            (.get, "/menu/items/abc/photo", .editMenu),
            (.put, "/api/menu/items/abc/image", .editMenu), (.post, "/api/menu/items/abc/image", .editMenu),
            (.delete, "/api/menu/items/abc/image", .editMenu), (.get, "/api/orders", .viewOrders),
            (.get, "/api/orders?status=open", .viewBoard), (.get, "/api/orders/abc", .viewOrders),
            (.get, "/api/menu", .viewMenu), (.get, "/api/cache-versions", .viewAudit),
            (.get, "/board?station=bar", .viewBoard), (.get, "/orders/abc/ticket", .viewBoard),
            (.get, "/api/board", .viewBoard),
            (.post, "/api/orders/abc/done", .moveOrders), (.post, "/api/board/taps/abc/undo", .moveOrders),
            (.post, "/api/orders/abc/status", .moveOrders), (.patch, "/api/menu/items/abc", .editMenu),
            (.post, "/api/menu/items/abc", .editMenu), (.post, "/api/menu/items/abc/sold-out", .markSoldOut),
            (.get, "/orders/abc/refund", .refundOrders), (.post, "/api/orders/abc/refunds", .refundOrders),
            (.post, "/api/orders/abc/refunds/handled", .refundOrders),
            (.post, "/api/orders/abc/restocks", .refundOrders),
            (.get, "/api/reports/money", .viewReports), (.post, "/api/reports/money/check", .viewReports),
            (.get, "/promo-codes", .managePromoCodes), (.get, "/promo-codes/new", .managePromoCodes),
            (.get, "/promo-codes/abc", .managePromoCodes), (.get, "/api/promo-codes", .managePromoCodes),
            (.post, "/api/promo-codes", .managePromoCodes), (.get, "/api/promo-codes/abc", .managePromoCodes),
            (.patch, "/api/promo-codes/abc", .managePromoCodes), (.post, "/api/promo-codes/abc", .managePromoCodes),
            (.get, "/menu/publish", .editMenu), (.get, "/menu/history", .editMenu), (.get, "/menu/arrange", .editMenu),
            (.get, "/menu/history/0", .editMenu), (.get, "/menu/groups", .editMenu),
            (.get, "/menu/groups/abc", .editMenu),
            (.get, "/menu/categories/abc", .editMenu), (.get, "/menu/items/new", .editMenu),
            (.post, "/api/menu/items", .editMenu), (.post, "/api/menu/categories", .editMenu),
            (.post, "/api/menu/groups", .editMenu), (.patch, "/api/menu/groups/abc", .editMenu),
            (.patch, "/api/menu/categories/abc", .editMenu), (.post, "/api/menu/order", .editMenu),
            (.post, "/api/menu/publish", .editMenu), (.post, "/api/menu/draft", .editMenu),
            (.post, "/api/menu/preview", .viewMenu), (.get, "/api/menu/versions", .editMenu),
            (.post, "/api/menu/versions/1/revert", .editMenu),
            (.delete, "/api/menu/items/abc/sold-out", .markSoldOut), (.post, "/api/notifications", .messageCustomers),
        ]
        try await site.visit(as: role) { visitor in
            for (method, path, permission) in policy {
                let answer =
                    method == .get ? try await visitor.get(path) : try await visitor.send(method, path, json: "{}")
                let isForbidden = answer.status == .forbidden
                #expect(
                    isForbidden != role.permissions.contains(permission), "\(role) \(method) \(path): \(answer.status)")
                #expect(answer.status.code < 500)
            }
        }
    }

    @Test func `a request from another site changes nothing`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.client.execute(
                uri: "/api/menu/items/soup/sold-out", method: .post,
                headers: [.cookie: visitor.cookie ?? "", .origin: "https://evil.example"], body: nil)
            #expect(answer.status == .forbidden)
        }
    }
}
