import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// AWS Signature Version 4, computed anew from what arrived and compared.
struct SignatureVerification: Sendable {
    let keyID: String
    let secret: String
    /// S3 as R2 has it also answers to the region `auto`.
    let regions: Set<String>
    var service = "ses"

    private static let mismatch = """
        The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
        Key and signing method. Consult the service documentation for details.
        """

    func callAsFunction(_ request: Request, body: Data, now: Date) throws(SESRefusal) {
        guard let header = request.headers[.authorization] else {
            throw .forbidden("MissingAuthenticationTokenException", "Missing Authentication Token")
        }
        let given = try Credential(header)
        let stamp = try stamp(of: request, now: now)
        guard given.keyID == keyID else {
            throw .forbidden("InvalidClientTokenId", "The security token included in the request is invalid.")
        }
        try checkScope(given, stamp: stamp)
        try checkSignedHeaders(given.signedHeaders, of: request)
        let canonical = try canonicalRequest(request, body: body, signed: given.signedHeaders)
        let scope = "\(given.date)/\(given.region)/\(service)/aws4_request"
        let hash = SHA256.hash(data: Data(canonical.utf8)).hex
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(hash)"
        let expected = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: signingKey(given))
        guard expected.hex == given.signature else { throw .forbidden("SignatureDoesNotMatch", Self.mismatch) }
    }

    private func stamp(of request: Request, now: Date) throws(SESRefusal) -> String {
        guard let stamp = request.headers[named: "x-amz-date"] else {
            throw .forbidden(
                "IncompleteSignature",
                "Authorization header requires existence of either a 'X-Amz-Date' or 'Date' header.")
        }
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        guard stamp.wholeMatch(of: /\d{8}T\d{6}Z/) != nil, let date = try? style.parse(stamp) else {
            throw .forbidden("IncompleteSignature", "Date must be in ISO-8601 'basic format'. Got '\(stamp)'.")
        }
        let age = now.timeIntervalSince(date)
        guard abs(age) <= 300 else {
            let how =
                age > 0 ? "expired: \(stamp) is now earlier than" : "not yet current: \(stamp) is still later than"
            throw .forbidden("SignatureDoesNotMatch", "Signature \(how) the allowed five minutes.")
        }
        return stamp
    }

    private func checkScope(_ given: Credential, stamp: String) throws(SESRefusal) {
        guard given.date == String(stamp.prefix(8)) else {
            throw .forbidden(
                "SignatureDoesNotMatch",
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.")
        }
        guard regions.contains(given.region) else {
            throw .forbidden("SignatureDoesNotMatch", "Credential should be scoped to a valid region.")
        }
        guard given.service == service, given.terminator == "aws4_request" else {
            throw .forbidden("SignatureDoesNotMatch", "Credential should be scoped to correct service: '\(service)'.")
        }
    }

    private func checkSignedHeaders(_ signed: [String], of request: Request) throws(SESRefusal) {
        guard signed == signed.sorted(), signed.contains("host") else {
            throw .forbidden(
                "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        for field in request.headers where field.name.canonicalName.hasPrefix("x-amz-") {
            guard signed.contains(field.name.canonicalName) else {
                throw .forbidden("SignatureDoesNotMatch", "'\(field.name.canonicalName)' must be a 'SignedHeader'.")
            }
        }
        guard signed.contains("x-amz-date") else {
            throw .forbidden("SignatureDoesNotMatch", "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.")
        }
    }

    private func canonicalRequest(_ request: Request, body: Data, signed: [String]) throws(SESRefusal) -> String {
        let payload = SHA256.hash(data: body).hex
        if let declared = request.headers[named: "x-amz-content-sha256"], declared != payload {
            throw .forbidden(
                "SignatureDoesNotMatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
        }
        let headers = signed.map { "\($0):\(value(of: $0, in: request))\n" }.joined()
        return [
            request.method.rawValue, canonicalPath(request.uri.path), canonicalQuery(request.uri.query ?? ""), headers,
            signed.joined(separator: ";"), payload,
        ].joined(separator: "\n")
    }

    private func value(of name: String, in request: Request) -> String {
        if name == "host" { return request.head.authority ?? "" }
        guard let field = HTTPField.Name(name) else { return "" }
        return request.headers[values: field]
            .map { $0.split(separator: " ").joined(separator: " ") }
            .joined(separator: ",")
    }

    /// Every service but S3 encodes the path a second time.
    private func canonicalPath(_ path: String) -> String {
        if service == "s3" { return path }
        return path.split(separator: "/", omittingEmptySubsequences: false).map { Self.encode(String($0)) }
            .joined(separator: "/")
    }

    private func canonicalQuery(_ query: String) -> String {
        query.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { Self.encode(String($0).removingPercentEncoding ?? String($0)) }
            return (halves.first ?? "") + "=" + (halves.dropFirst().first ?? "")
        }
        .sorted().joined(separator: "&")
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: .init(
                charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")) ?? text
    }

    private func signingKey(_ given: Credential) -> SymmetricKey {
        let parts = [given.date, given.region, service, "aws4_request"]
        return parts.reduce(SymmetricKey(data: Data("AWS4\(secret)".utf8))) { key, part in
            SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
        }
    }
}
