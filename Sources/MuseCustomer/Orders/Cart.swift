import Foundation
import Hummingbird
import MuseShared

/// The guest's cart. It lives in the browser as one cookie, so it survives a reload and works without scripts;
/// prices in it are only what the guest last saw.
struct Cart: Sendable, Equatable {
    struct Line: Sendable, Equatable {
        let itemID: String
        var quantity: Int64
        /// Option and how often, in the menu's order.
        let options: [Choice]
        let note: String
        /// The unit price the guest saw when adding, to tell a change.
        let seenUnitMinor: Int64

        /// What tells it from the other lines: all but how many of it there are.
        var identity: String { "\(itemID)*\(Cart.text(options))*\(Cart.encoded(note))" }
    }

    struct Choice: Sendable, Equatable {
        let id: String
        let quantity: Int64
    }

    var lines: [Line] = []
    /// As typed, in capitals; empty without one. Whether it counts is asked whenever the cart is priced.
    private(set) var promoCode = ""
    /// Percent of the amount before tax, or `other`; empty while nobody has chosen.
    private(set) var tip = ""
    private(set) var tipAmount = ""

    var isEmpty: Bool { lines.isEmpty }
    var count: Int64 { lines.reduce(0) { $0 + $1.quantity } }

    enum AddRefusal: Error {
        case tooManyLines
        /// Browsers keep about 4 KB a cookie (RFC 6265, 6.1).
        case tooLarge
    }

    /// Adds to a line of the same choice, or as a new one.
    mutating func add(_ line: Line) throws(AddRefusal) {
        let twin = lines.firstIndex {
            $0.itemID == line.itemID && $0.options == line.options && $0.note == line.note
        }
        if let twin {
            lines[twin].quantity = min(OrderLimits.quantity, lines[twin].quantity + line.quantity)
            return
        }
        guard lines.count < OrderLimits.lines else { throw .tooManyLines }
        lines.append(line)
        guard cookieValue.utf8.count <= Self.largestCookie else {
            lines.removeLast()
            throw .tooLarge
        }
    }

    /// Keeps a code with the cart; one that no longer fits into the cookie is none of ours.
    mutating func setPromoCode(_ typed: String) {
        promoCode = String(PromoCode.normalized(typed).prefix(OrderLimits.promoCodeLength))
        if cookieValue.utf8.count > Self.largestCookie { promoCode = "" }
    }

    /// Keeps what was chosen as a tip, so that a page that is loaded again has it.
    mutating func setTip(_ choice: String, amount: String) {
        let isKnown = choice == "other" || Int64(choice).map { (1...100).contains($0) } == true
        (tip, tipAmount) = isKnown ? (choice, choice == "other" ? String(amount.prefix(20)) : "") : ("", "")
        if cookieValue.utf8.count > Self.largestCookie { (tip, tipAmount) = ("", "") }
    }

    /// Sets a line's quantity; 0 removes it. False if there is no such line.
    mutating func setQuantity(_ quantity: Int64, at index: Int) -> Bool {
        guard lines.indices.contains(index) else { return false }
        if quantity <= 0 {
            lines.remove(at: index)
        } else {
            lines[index].quantity = min(OrderLimits.quantity, quantity)
        }
        return true
    }

    /// Where a line stands that was seen at an index: there, or wherever else it is now. Nil if it is gone.
    func index(of identity: String, near index: Int) -> Int? {
        if lines.indices.contains(index), lines[index].identity == identity { return index }
        return lines.firstIndex { $0.identity == identity }
    }

    var requestLines: [OrderRequest.Line] {
        lines.map { line in
            OrderRequest.Line(
                itemId: line.itemID, quantity: line.quantity,
                options: line.options.map { OrderRequest.Choice(id: $0.id, quantity: $0.quantity) },
                note: line.note.isEmpty ? nil : line.note)
        }
    }

    // MARK: As a cookie

    private static let largestCookie = 3800

    /// `item*quantity*unit*option.option~2*note!item…!_*tip*amount!-*code`, of characters that cookies may hold.
    var cookieValue: String {
        let tips = tip.isEmpty ? [] : [Self.tipMark + tip + "*" + Self.encoded(tipAmount)]
        let codes = promoCode.isEmpty ? [] : [Self.codeMark + Self.encoded(promoCode)]
        return (lines.map(Self.text) + tips + codes).joined(separator: "!")
    }

    private static let codeMark = "-*"
    private static let tipMark = "_*"

    private static func text(_ line: Line) -> String {
        [
            line.itemID, String(line.quantity), String(line.seenUnitMinor), text(line.options), encoded(line.note),
        ]
        .joined(separator: "*")
    }

    private static func text(_ options: [Choice]) -> String {
        options.map { $0.quantity == 1 ? $0.id : "\($0.id)~\($0.quantity)" }.joined(separator: ".")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    init() {}

    /// Reads what a browser sends back; lines that are not ours are left out.
    init(cookieValue: String) {
        guard cookieValue.utf8.count <= Self.largestCookie else { return }
        let parts = cookieValue.split(separator: "!")
        lines = parts.prefix(OrderLimits.lines).compactMap(Self.line)
        if let tip = parts.last(where: { $0.hasPrefix(Self.tipMark) })?.split(
            separator: "*", omittingEmptySubsequences: false), tip.count == 3
        {
            setTip(String(tip[1]), amount: tip[2].removingPercentEncoding ?? "")
        }
        guard let last = parts.last, last.hasPrefix(Self.codeMark) else { return }
        setPromoCode(last.dropFirst(Self.codeMark.count).removingPercentEncoding ?? "")
    }

    private static func line(_ text: Substring) -> Line? {
        let parts = text.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count == 5, IDSource.isPlausible(String(parts[0])), let quantity = Int64(parts[1]),
            (1...OrderLimits.quantity).contains(quantity), let unit = Int64(parts[2]), unit >= 0,
            let note = parts[4].removingPercentEncoding, note.count <= OrderLimits.noteLength
        else { return nil }
        let options = parts[3].split(separator: ".").compactMap(choice)
        return Line(
            itemID: String(parts[0]), quantity: quantity, options: options, note: note, seenUnitMinor: unit)
    }

    private static func choice(_ text: Substring) -> Choice? {
        let parts = text.split(separator: "~", maxSplits: 1)
        guard let id = parts.first.map(String.init), IDSource.isPlausible(id) else { return nil }
        let quantity = parts.count == 2 ? Int64(parts[1]) : 1
        guard let quantity, (1...OrderLimits.quantity).contains(quantity) else { return nil }
        return Choice(id: id, quantity: quantity)
    }
}

extension WebContext {
    var cart: Cart { web.cookie("cart").map(Cart.init(cookieValue:)) ?? Cart() }
}

extension Cart {
    /// The answer, with this cart for the browser to keep. Ninety days: longer than anyone remembers a cart.
    func saved(in response: Response, _ context: some WebContext) -> Response {
        var response = response
        response.setCookie(
            isEmpty
                ? context.web.cookies.removal(of: "cart")
                : context.web.cookies.cookie("cart", cookieValue, maxAge: 90 * 86_400))
        return response
    }
}
