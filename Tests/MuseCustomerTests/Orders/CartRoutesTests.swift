import HTTPTypes
import HummingbirdTesting
import MuseTestSupport
import NIOCore
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct CartRoutesTests {
    private static let croissants = "itemId=croissant&quantity=2"
    private static let flatWhite = "itemId=flat-white&quantity=1&option.milk=oat-milk&option.shots=shot&note=Extra+hot"

    @Test func `the form adds, leads back to the menu and says so there`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/cart/lines", form: Self.flatWhite)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/menu")
            #expect(
                answer.headers[values: .setCookie].contains { $0.contains("flash=") && $0.contains("Flat%20white") })
            #expect(answer.cart == "flat-white*1*570*oat-milk.shot*Extra%20hot")
        }
    }

    @Test func `the script adds and learns the count and the total`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            let first = try await visitor.post("/cart/lines", form: Self.croissants, accept: "application/json")
            #expect(first.status == .ok)
            visitor.keep(first)
            let json = try await visitor.post("/cart/lines", form: Self.flatWhite, accept: "application/json").json()
            #expect(json["count"] as? String == "3")
            #expect(json["words"] as? String == "3 items")
            #expect(json["total"] as? String == "$13.08")
            #expect(json["message"] as? String == "Flat white is in your cart.")
        }
    }

    @Test func `the cart survives a reload, with options, notes and the sum`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add(Self.flatWhite)
            try await visitor.add(Self.croissants)
            for _ in 0..<2 {
                let page = try await visitor.get("/cart").text
                for shown in ["Flat white", "Oat milk", "Extra shot", "Extra hot", "Croissant", "$3.25 each", "$13.08"]
                {
                    #expect(page.contains(shown), "\(shown)")
                }
            }
            #expect(try await visitor.get("/menu").text.contains("3 items"))
        }
    }

    @Test func `a quantity is changed and a line is taken out`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add(Self.croissants)
            let changed = try await visitor.post("/cart/lines/0", form: "quantity=5")
            #expect(changed.status == .seeOther)
            #expect(changed.headers[.location] == "/cart")
            #expect(changed.cart?.hasPrefix("croissant*5*") == true)
            visitor.keep(changed)
            let removed = try await visitor.post("/cart/lines/0", form: "quantity=0")
            #expect(removed.cart == "")
        }
    }

    @Test func `a line that another tab has moved is still the one that is meant`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add(Self.flatWhite)
            try await visitor.add(Self.croissants)
            let seen = try await visitor.get("/cart").text
            #expect(seen.contains("name=\"line\" value=\"croissant**\""))
            visitor.keep(try await visitor.post("/cart/lines/0", form: "quantity=0"))
            // The tab that was open before still calls the croissants the second line.
            let changed = try await visitor.post("/cart/lines/1", form: "quantity=3&line=croissant**")
            #expect(changed.cart?.hasPrefix("croissant*3*") == true)
            let gone = try await visitor.post(
                "/cart/lines/0", form: "quantity=0&line=flat-white*oat-milk.shot*Extra%2520hot")
            #expect(gone.headers[.location] == "/cart")
            #expect(gone.cart == nil)
        }
    }

    @Test(arguments: ["quantity=-1", "quantity=", "quantity=two", "quantity=99999999999999999999", "other=1"])
    func `a quantity that is none is refused`(_ form: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add(Self.croissants)
            let answer = try await visitor.post("/cart/lines/0", form: form)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.cart == nil)
        }
    }

    @Test(arguments: ["1", "-1", "x", "99999999999999999999"])
    func `a line that is not in the cart is not found`(_ index: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            try await visitor.add(Self.croissants)
            #expect(try await visitor.post("/cart/lines/\(index)", form: "quantity=1").status == .notFound)
        }
    }

    @Test func `what must be chosen is asked for, and all that was typed stays`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let form = "itemId=flat-white&quantity=0&option.shots=shot&note=%22Extra%22+hot"
            let answer = try await visitor.post("/cart/lines", form: form)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.cart == nil)
            let page = answer.text
            for shown in [
                "Nothing was added yet", "Milk: choose 1.", "Choose between 1 and 100.", "&quot;Extra&quot; hot",
                "value=\"shot\" data-price-minor=\"90\" checked", "href=\"#group-milk\"",
            ] {
                #expect(page.contains(shown), "\(shown)")
            }
        }
    }

    @Test func `a program gets the same refusal as fields`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/cart/lines", form: "itemId=flat-white", accept: "application/json")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.headers[.contentType] == "application/problem+json")
            let errors = try #require(try answer.json()["errors"] as? [[String: String]])
            #expect(errors == [["field": "group-milk", "message": "Milk: choose 1."]])
        }
    }

    @Test(arguments: [
        ("itemId=flat-white&option.milk=soy-milk", "Soy milk is sold out. Choose another."),
        ("itemId=flat-white&option.milk=oat-milk&option.milk=whole-milk", "Milk: at most 1."),
        ("itemId=croissant&quantity=101", "Choose between 1 and 100."),
        ("itemId=croissant&quantity=1.5", "Choose between 1 and 100."),
        ("itemId=croissant&quantity=1&note=" + String(repeating: "x", count: 201), "200"),
    ])
    func `each thing that doesn't fit is said at its field`(_ form: String, _ words: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/cart/lines", form: form)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(words))
        }
    }

    @Test func `an item that is sold out is refused by name`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/cart/lines", form: "itemId=cake", accept: "application/json")
            #expect(answer.status == .conflict)
            #expect(try answer.json()["detail"] as? String == "Nothing was ordered. Carrot cake is sold out.")
        }
    }

    @Test(arguments: ["itemId=nope", "", "itemId=%3Cb%3E"])
    func `an item that is on no menu is not found`(_ form: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.post("/cart/lines", form: form)
            #expect(answer.status == .notFound)
        }
    }

    @Test func `a full cart says so and keeps what is in it`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            visitor.cart = (0..<OrderLimits.lines).map { "item-\($0)*1*100**" }.joined(separator: "!")
            let answer = try await visitor.post("/cart/lines", form: Self.croissants)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("The cart is full."))
            #expect(answer.cart == nil)
        }
    }

    @Test func `a price that moved and an item that went are told, and stop the checkout`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            visitor.cart = "croissant*2*300**!cake*1*500**!nope*1*100**"
            let page = try await visitor.get("/cart").text
            for shown in [
                "It was $3.00 each when you chose it.", "No longer on the menu", "3 things changed", "Carrot cake",
            ] {
                #expect(page.contains(shown), "\(shown)")
            }
            #expect(!page.contains("href=\"/checkout\""))
            let checkout = try await visitor.get("/checkout").text
            #expect(checkout.contains("checkout-gone") && checkout.contains("Remove"))
        }
    }

    @Test(arguments: [
        "croissant*1*9223372036854775807**", "<script>alert(1)</script>", "croissant*100*325**%3Cscript%3E", "%00%00",
    ])
    func `no cookie breaks the page or writes into it`(_ cookie: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            var visitor = visitor
            visitor.cart = cookie
            for path in ["/", "/menu", "/cart", "/menu/croissant"] {
                let answer = try await visitor.get(path)
                #expect(answer.status == .ok)
                #expect(!answer.text.contains("<script>alert") && !answer.text.contains("<script>\""))
            }
        }
    }

    @Test func `another site's form adds nothing`() async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let answer = try await visitor.client.execute(
                uri: "/cart/lines", method: .post,
                headers: [.origin: "https://evil.example", .contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: Self.croissants))
            #expect(answer.status == .forbidden)
            #expect(answer.cart == nil)
        }
    }
}
