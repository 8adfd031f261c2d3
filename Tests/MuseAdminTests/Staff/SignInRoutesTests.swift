import HTTPTypes
import HummingbirdTesting
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct SignInRoutesTests {
    private static func form(_ email: String, _ password: String, more: String = "") -> String {
        "email=\(email)&password=\(password.replacing(" ", with: "+"))\(more)"
    }

    @Test func `a program is told who it is and what it may`() async throws {
        let site = try await StaffSite.open()
        let email = try await site.hire(.kitchen)
        try await site.visit { visitor in
            let answer = try await visitor.send(
                .post, "/api/auth/sign-in", json: #"{"email":"\#(email)","password":"\#(StaffSite.password)"}"#)
            #expect(answer.status == .ok)
            let cookie = answer.headers[values: .setCookie].first { $0.contains("session=") } ?? ""
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            var signedIn = visitor
            signedIn.cookie = StaffVisit.sessionCookie(of: answer)
            let me = try await signedIn.get("/api/me").json()
            #expect(me["email"] as? String == email)
            #expect(me["role"] as? String == "kitchen")
            #expect(me["permissions"] as? [String] == ["viewBoard", "moveOrders", "markSoldOut", "pauseOrdering"])
        }
    }

    @Test func `a person is led where they were going`() async throws {
        let site = try await StaffSite.open()
        let email = try await site.hire()
        try await site.visit { visitor in
            let turnedAway = try await visitor.get("/orders?status=paid", page: true)
            #expect(turnedAway.headers[.location] == "/sign-in?next=/orders%3Fstatus%3Dpaid")
            let door = try await visitor.get("/sign-in?next=/orders%3Fstatus%3Dpaid", page: true)
            #expect(door.text.contains(#"name="returnTo" value="/orders?status=paid""#))
            let form = Self.form(email, StaffSite.password, more: "&returnTo=%2Forders%3Fstatus%3Dpaid")
            let answer = try await visitor.post("/api/auth/sign-in", form: form)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/orders?status=paid")
        }
    }

    @Test(arguments: ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2Fapi%2Fauth%2Fsign-out"])
    func `nobody is led anywhere else`(_ target: String) async throws {
        let site = try await StaffSite.open()
        let email = try await site.hire()
        try await site.visit { visitor in
            let form = Self.form(email, StaffSite.password, more: "&returnTo=\(target)")
            let answer = try await visitor.post("/api/auth/sign-in", form: form)
            #expect(answer.headers[.location] == "/")
        }
    }

    @Test func `a refused form keeps the address, not the password, and sets no cookie`() async throws {
        let site = try await StaffSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/api/auth/sign-in", form: Self.form("ines@ncmuse.co", "wrong secret"))
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(#"value="ines@ncmuse.co""#))
            #expect(answer.text.contains("match"))
            #expect(!answer.text.contains("wrong secret"))
            #expect(StaffVisit.sessionCookie(of: answer) == nil)
        }
    }

    @Test func `a program with a wrong password gets 401, with nothing typed 422`() async throws {
        let site = try await StaffSite.open()
        try await site.visit { visitor in
            let wrong = try await visitor.send(
                .post, "/api/auth/sign-in", json: #"{"email":"a@ncmuse.co","password":"x"}"#)
            #expect(wrong.status == .unauthorized)
            #expect(try wrong.json()["type"] as? String == "https://ncmuse.co/problems/wrong-credentials")
            #expect(try await visitor.send(.post, "/api/auth/sign-in", json: "{}").status == .unprocessableContent)
            #expect(try await visitor.send(.post, "/api/auth/sign-in", json: "{").status == .badRequest)
        }
    }

    @Test func `too many attempts are answered with how long to wait`() async throws {
        let site = try await StaffSite.open()
        let email = try await site.hire()
        try await site.visit { visitor in
            for _ in 1...5 { _ = try await visitor.post("/api/auth/sign-in", form: Self.form(email, "wrong")) }
            let answer = try await visitor.post("/api/auth/sign-in", form: Self.form(email, StaffSite.password))
            #expect(answer.status == .tooManyRequests)
            #expect((answer.headers[.retryAfter].flatMap { Int($0) } ?? 0) > 0)
            #expect(answer.text.contains("Too many attempts"))
        }
    }

    @Test func `signing out ends the session itself, not only the cookie`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .staff) { visitor in
            #expect(try await visitor.get("/api/me").status == .ok)
            let answer = try await visitor.post("/api/auth/sign-out", form: "")
            #expect(answer.headers[.location] == "/sign-in")
            #expect(try await visitor.get("/api/me").status == .unauthorized)
        }
    }

    @Test func `who is signed in goes past the door, to the first page of their role`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .kitchen) { visitor in
            let door = try await visitor.get("/sign-in", page: true)
            #expect(door.headers[.location] == "/")
            let home = try await visitor.get("/", page: true)
            #expect(home.headers[.location] == "/board")
        }
    }

    @Test func `a role without a page is told so`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .door) { visitor in
            let answer = try await visitor.get("/", page: true)
            #expect(answer.status == .forbidden)
        }
    }

    @Test func `a browser that has signed in is known by a cookie that scripts can't read`() async throws {
        let site = try await StaffSite.open()
        let email = try await site.hire()
        try await site.visit { visitor in
            let body = #"{"email":"\#(email)","password":"\#(StaffSite.password)"}"#
            let answer = try await visitor.send(.post, "/api/auth/sign-in", json: body)
            let known = try #require(answer.headers[values: .setCookie].first { $0.contains("-devices=") })
            #expect(known.contains("HttpOnly") && known.contains("SameSite=Lax") && known.contains("Path=/"))
            for _ in 1...6 {
                _ = try await visitor.send(
                    .post, "/api/auth/sign-in", json: #"{"email":"\#(email)","password":"wrong"}"#)
            }
            #expect(try await visitor.send(.post, "/api/auth/sign-in", json: body).status == .tooManyRequests)
            var browser = visitor
            browser.cookie = known.split(separator: ";").first.map(String.init)
            #expect(try await browser.send(.post, "/api/auth/sign-in", json: body).status == .ok)
            #expect(try await browser.get("/api/me").status == .unauthorized)
        }
    }
}
