/// The parts of an `AWS4-HMAC-SHA256` authorization header.
struct Credential: Sendable {
    let keyID: String
    let date: String
    let region: String
    let service: String
    let terminator: String
    let signedHeaders: [String]
    let signature: String

    init(_ header: String) throws(SESRefusal) {
        guard header.hasPrefix("AWS4-HMAC-SHA256 ") else {
            throw .forbidden("IncompleteSignature", "Unsupported AWS 'algorithm'.")
        }
        var parts: [String: String] = [:]
        for part in header.dropFirst(17).split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard let name = halves.first, let value = halves.dropFirst().first else { continue }
            parts[name.trimmingPrefix(" ").description] = value.split(separator: " ").first.map(String.init)
        }
        guard let credential = parts["Credential"], let signed = parts["SignedHeaders"],
            let signature = parts["Signature"]
        else {
            throw .forbidden(
                "IncompleteSignature",
                "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.")
        }
        var scope = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)[...]
        guard scope.count == 5, let keyID = scope.popFirst(), let date = scope.popFirst(),
            let region = scope.popFirst(), let service = scope.popFirst(), let terminator = scope.popFirst()
        else { throw .forbidden("IncompleteSignature", "Credential must have exactly 5 slash-delimited elements.") }
        (self.keyID, self.date, self.region, self.service, self.terminator) =
            (keyID, date, region, service, terminator)
        signedHeaders = signed.split(separator: ";").map(String.init)
        self.signature = signature
    }
}
