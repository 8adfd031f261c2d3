import Foundation

/// Status and body of an answer, as it goes out and as it is stored under an idempotency key.
struct StripeReply: Sendable {
    let status: Int
    let body: Data
    /// The request whose stored answer this is.
    var replays: String?

    init(_ object: JSON) throws(StripeError) {
        guard let data = try? object.encoded() else {
            throw StripeError(status: 500, type: "api_error", message: "The answer could not be encoded.")
        }
        status = 200
        body = data
    }

    init(refusing error: StripeError) {
        status = error.status
        body = (try? error.object.encoded()) ?? Data()
    }
}
