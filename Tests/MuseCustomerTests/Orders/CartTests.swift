import MuseTestSupport
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct CartTests {
    private func line(
        _ item: String = CafeFixture.croissant, _ quantity: Int64 = 1, options: [Cart.Choice] = [], note: String = ""
    ) -> Cart.Line {
        Cart.Line(itemID: item, quantity: quantity, options: options, note: note, seenUnitMinor: 325)
    }

    @Test(arguments: ["", "No foam", "50% * of ! this ~ that.", "ß, 漢字, ☕️", "a;b,c\"d\\e"])
    func `a cart comes back from its cookie as it was`(_ note: String) throws {
        var cart = Cart()
        let options = [Cart.Choice(id: "oat-milk", quantity: 1), Cart.Choice(id: "shot", quantity: 2)]
        try cart.add(line(CafeFixture.flatWhite, 2, options: options, note: note))
        try cart.add(line(note: note))
        #expect(Cart(cookieValue: cart.cookieValue) == cart)
        let allowed = cart.cookieValue.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && ![0x22, 0x2c, 0x3b, 0x5c].contains($0)
        }
        #expect(allowed, "\(cart.cookieValue)")
    }

    @Test(arguments: [("15", ""), ("other", "3,50 *!"), ("", "")])
    func `the tip that was chosen comes back, beside the code`(_ tip: String, _ amount: String) throws {
        var cart = Cart()
        try cart.add(line())
        cart.setPromoCode("ten")
        cart.setTip(tip, amount: amount)
        let back = Cart(cookieValue: cart.cookieValue)
        #expect(back == cart)
        #expect(back.tip == tip)
        #expect(back.tipAmount == amount)
        #expect(back.promoCode == "TEN")
    }

    @Test(arguments: ["0", "101", "-5", "lots"])
    func `a choice that is none is not kept`(_ tip: String) {
        var cart = Cart()
        cart.setTip(tip, amount: "1")
        #expect(cart.tip == "" && cart.tipAmount == "")
    }

    @Test func `the same choice again is more of it`() throws {
        var cart = Cart()
        try cart.add(line(CafeFixture.croissant, 2))
        try cart.add(line(CafeFixture.croissant, 3))
        try cart.add(line(CafeFixture.croissant, 1, note: "warm"))
        #expect(cart.lines.map(\.quantity) == [5, 1])
        try cart.add(line(CafeFixture.croissant, OrderLimits.quantity))
        #expect(cart.lines.first?.quantity == OrderLimits.quantity)
    }

    @Test func `a cart takes as many lines as an order, and no more`() throws {
        var cart = Cart()
        for index in 0..<OrderLimits.lines { try cart.add(line("item-\(index)")) }
        #expect(throws: Cart.AddRefusal.tooManyLines) { try cart.add(line("one-more")) }
        #expect(cart.lines.count == OrderLimits.lines)
        #expect(Cart(cookieValue: cart.cookieValue) == cart)
    }

    @Test func `a cart that no cookie holds is refused and stays as it was`() throws {
        var cart = Cart()
        let note = String(repeating: "漢", count: OrderLimits.noteLength)
        try cart.add(line(note: note))
        try cart.add(line(CafeFixture.soup, note: note))
        let before = cart
        #expect(throws: Cart.AddRefusal.tooLarge) { try cart.add(line(CafeFixture.cake, note: note)) }
        #expect(cart == before)
    }

    @Test func `a quantity of nothing takes the line out`() throws {
        var cart = Cart()
        try cart.add(line(CafeFixture.croissant))
        try cart.add(line(CafeFixture.soup))
        let isOut = cart.setQuantity(0, at: 0)
        #expect(isOut)
        #expect(cart.lines.map(\.itemID) == [CafeFixture.soup])
        let isMost = cart.setQuantity(.max, at: 0)
        #expect(isMost)
        #expect(cart.lines.first?.quantity == OrderLimits.quantity)
        for index in [1, -1] {
            let isThere = cart.setQuantity(1, at: index)
            #expect(!isThere)
        }
    }

    @Test(arguments: [
        "", "!", "!!!!", "*", "****", "croissant", "croissant*1*325*", "croissant*1*325***", "croissant*0*325**",
        "croissant*-1*325**", "croissant*101*325**", "croissant*9223372036854775807*325**",
        "croissant*99999999999999999999*325**", "croissant*1*-5**", "croissant*one*325**", "*1*325**",
        "<script>*1*325**", "../../etc*1*325**", "croissant*1*325**%zz", "croissant*1*325**%FF",
        "{\"lines\":[]}", String(repeating: "croissant*1*325**!", count: 1000),
    ])
    func `what is no cart of ours is an empty one`(_ value: String) {
        #expect(Cart(cookieValue: value).isEmpty)
    }

    @Test func `of a spoilt cart the good lines stay`() {
        let cart = Cart(cookieValue: "croissant*1*325**!nonsense!soup*2*950*oat-milk.<b>.shot~500.shot~2*hot")
        #expect(cart.lines.map(\.itemID) == ["croissant", "soup"])
        #expect(cart.lines.last?.options == [.init(id: "oat-milk", quantity: 1), .init(id: "shot", quantity: 2)])
    }
}
