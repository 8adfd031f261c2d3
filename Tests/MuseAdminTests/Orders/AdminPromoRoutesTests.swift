import Foundation
import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct AdminPromoRoutesTests {
    private static let ten = #"{"code":"ten","percentMillionths":100000,"maxUses":5}"#

    private func create(_ visitor: StaffVisit, _ json: String = ten) async throws -> String {
        let answer = try await visitor.send(.post, "/api/promo-codes", json: json)
        #expect(answer.status == .created)
        return try #require(try answer.json()["id"] as? String)
    }

    @Test func `a program creates a code, and it is written down who did`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let id = try await create(visitor)
            let one = try await visitor.get("/api/promo-codes/\(id)").json()
            #expect(one["code"] as? String == "TEN")
            #expect(one["useCount"] as? Int == 0)
            let all = try await visitor.get("/api/promo-codes").json()["promoCodes"] as? [[String: Any]]
            #expect(all?.count == 1)
            let logged = try site.database.first("SELECT action FROM action_log WHERE subject_id = \(id)")
            #expect(try logged?.text("action") == "promo_code.created")
        }
    }

    @Test(arguments: [
        (#"{"code":"x","percentMillionths":1}"#, "code"), (#"{"code":"TEN"}"#, "percent"),
        (#"{"code":"TEN","percentMillionths":0}"#, "percent"), (#"{"code":"TEN","amountMinor":0}"#, "amountMinor"),
        (#"{"code":"TEN","percentMillionths":1,"amountMinor":1}"#, "amountMinor"),
        (#"{"code":"TEN","percentMillionths":1,"maxUses":0}"#, "maxUses"),
        (#"{"code":"TEN","percentMillionths":1,"categoryIds":["gone"]}"#, "categoryIds"),
    ])
    func `a wrong field is named, and nothing is written`(_ body: String, _ field: String) async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let answer = try await visitor.send(.post, "/api/promo-codes", json: body)
            #expect(answer.status == .unprocessableContent)
            let errors = try answer.json()["errors"] as? [[String: String]]
            #expect(errors?.first?["field"] == field)
            #expect(try site.database.first("SELECT id FROM promo_codes") == nil)
        }
    }

    @Test func `a name is taken once`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            _ = try await create(visitor)
            let again = try await visitor.send(.post, "/api/promo-codes", json: Self.ten)
            #expect(again.status == .unprocessableContent)
            #expect(again.text.contains("There is a code TEN already"))
        }
    }

    @Test func `a limit is taken away with null, and what is absent stays`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let id = try await create(visitor)
            let changed = try await visitor.send(.patch, "/api/promo-codes/\(id)", json: #"{"maxUses":null}"#).json()
            #expect(changed["maxUses"] as? Int == nil)
            #expect(changed["percentMillionths"] as? Int == 100_000)
            #expect(changed["revision"] as? Int == 2)
        }
    }

    @Test func `a colleague's change is not overwritten without a word`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let id = try await create(visitor)
            let path = "/api/promo-codes/\(id)"
            _ = try await visitor.send(.patch, path, json: #"{"note":"flyers"}"#)
            let late = try await visitor.send(.patch, path, json: #"{"note":"posters","revision":1}"#)
            #expect(late.status == .conflict)
        }
    }

    @Test func `a code is created, changed and ended with forms`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let empty = try await visitor.get("/promo-codes", page: true)
            #expect(empty.text.contains("No codes yet"))
            #expect(try await visitor.get("/promo-codes/new", page: true).status == .ok)
            let form = "code=five&note=&percent=&amount=5.00&startsAt=&endsAt=2030-01-01T12:00&minimum=10&maxUses="
            let rest = "&maxUsesPerPerson=1&activeAsked=true&isActive=true&categoryIds=kitchen"
            let made = try await visitor.post("/api/promo-codes", form: form + rest)
            #expect(made.headers[.location] == "/promo-codes")
            let promo = try #require(try PromoCodeRepository(database: site.database).all().first)
            #expect(promo.terms.reduction == .fixed(minor: 500))
            #expect(promo.terms.minimumSubtotalMinor == 1000)
            #expect(promo.terms.categoryIDs == ["kitchen"])
            let editor = try await visitor.get("/promo-codes/\(promo.id)", page: true)
            #expect(editor.text.contains(#"value="2030-01-01T12:00""#))
            let ended = try await visitor.post("/api/promo-codes/\(promo.id)", form: "isActive=false")
            #expect(ended.status == .seeOther)
            let after = try PromoCodeRepository(database: site.database).promo(promo.id)?.terms
            #expect(after?.isActive == false)
            #expect(after?.categoryIDs == ["kitchen"])
        }
    }

    @Test func `a refused form keeps all that was typed`() async throws {
        let site = try await StaffSite.open()
        try await site.visit(as: .manager) { visitor in
            let form = "code=no&percent=lots&amount=&startsAt=soon&maxUses=many&minimum=x"
            let answer = try await visitor.post("/api/promo-codes", form: form)
            #expect(answer.status == .unprocessableContent)
            for kept in [
                #"value="no""#, #"value="lots""#, #"value="soon""#, #"value="many""#, "code-error", "percent-error",
                "starts-error",
                "max-uses-error", "minimum-error",
            ] {
                #expect(answer.text.contains(kept), "\(kept)")
            }
        }
    }
}
