import HTTPTypes
import MuseShared

/// A line of the cart that can't be ordered any more, as the checkout shows it: why, and one tap to go on without it.
struct CheckoutGone: Encodable, Sendable {
    let goneId: String
    let goneName: String
    let goneNotice: String
    let removeAction: String

    /// Every line that the menu refuses now, and those that a refusal names (the last portion went a moment ago).
    static func lines(of cart: PricedCart, refused problem: Problem? = nil) -> [CheckoutGone] {
        var told: [Int: String] = [:]
        for error in problem?.errors ?? [] where problem?.status == .conflict {
            if let index = index(in: error.field), told[index] == nil { told[index] = error.message }
        }
        return cart.lines.compactMap { line in
            guard let notice = line.problem ?? told[line.index] else { return nil }
            return CheckoutGone(
                goneId: id(line.index), goneName: line.item?.name ?? "What is gone", goneNotice: notice,
                removeAction: "/checkout/lines/\(line.index)?item=\(line.cartLine.itemID)")
        }
    }

    static func id(_ index: Int) -> String { "gone-\(index)" }

    /// 2 in `lines[2].quantity`.
    static func index(in field: String) -> Int? {
        guard field.hasPrefix("lines[") else { return nil }
        return Int(field.dropFirst("lines[".count).prefix { $0 != "]" })
    }

    /// The problem of a cart with such lines, naming them.
    static func problem(of cart: PricedCart) -> Problem {
        Problem.soldOut(
            cart.lines.compactMap { line in line.problem.map { .conflict("lines[\(line.index)].itemId", $0) } })
    }
}
