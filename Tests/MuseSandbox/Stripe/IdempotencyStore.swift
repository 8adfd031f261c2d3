import Synchronization

/// Answers by idempotency key: a repeat gets the first answer again, a misuse is refused.
final class IdempotencyStore: Sendable {
    private struct Entry: Sendable {
        let path: String
        let form: FormTree
        /// Nil while the first request is still in progress.
        var reply: StripeReply?
    }

    private let entries: Mutex<BoundedStore<Entry>>

    init(keeping limit: Int) { entries = Mutex(.init(limit: limit)) }

    /// Reserves the key, or gives the answer that is stored under it.
    func begin(_ key: String, path: String, form: FormTree) throws(StripeError) -> StripeReply? {
        guard key.utf8.count <= 255 else {
            throw StripeError(message: "Idempotency keys must be at most 255 characters long.")
        }
        return try entries.withLock { entries throws(StripeError) in
            guard let entry = entries[key] else {
                entries.add(Entry(path: path, form: form), id: key)
                return nil
            }
            guard entry.path == path else { throw Self.misused(key, "for the same endpoint they were", entry.path) }
            guard entry.form == form else { throw Self.misused(key, "with the same parameters they were", nil) }
            guard let reply = entry.reply else {
                throw StripeError(
                    status: 409, type: "idempotency_error", code: "idempotency_key_in_use",
                    message: "There is currently another in-progress request using this Idempotent Key (that probably "
                        + "means you submitted twice, and the other request is still going through): \(key). Please "
                        + "try again later.")
            }
            return reply
        }
    }

    func finish(_ key: String, reply: StripeReply, requestID: String) {
        var stored = reply
        stored.replays = requestID
        entries.withLock { $0.update(key) { [stored] in $0.reply = stored } }
    }

    /// Nothing was executed, so that the key may be used again.
    func forget(_ key: String) { entries.withLock { $0.remove(key) } }

    private static func misused(_ key: String, _ how: String, _ path: String?) -> StripeError {
        let place = path.map { " ('\($0)')" } ?? ""
        return StripeError(
            type: "idempotency_error",
            message: "Keys for idempotent requests can only be used \(how) first used with\(place). Try using a key "
                + "other than '\(key)' if you meant to execute a different request.")
    }
}
