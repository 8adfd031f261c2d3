/// Ids in Stripe's form: a prefix that tells the kind, then letters and digits.
enum StripeID {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    static func make(_ prefix: String, _ length: Int = 22) -> String {
        var text = prefix
        var pool: UInt64 = 0
        for position in 0..<length {
            // Ten base-62 digits fit one draw; a draw per digit would be a system call per digit.
            if position % 10 == 0 { pool = .random(in: 0...(.max)) }
            text.append(alphabet[Int(pool % 62)])
            pool /= 62
        }
        return text
    }
}
