import Hummingbird

/// A refusal in the shape of the SES v2 API: the type in a header, the message in the body.
struct SESRefusal: Error, Sendable {
    let status: Int
    let type: String
    let message: String

    static func badRequest(_ message: String) -> SESRefusal {
        SESRefusal(status: 400, type: "BadRequestException", message: message)
    }

    static func forbidden(_ type: String, _ message: String) -> SESRefusal {
        SESRefusal(status: 403, type: type, message: message)
    }

    static func rejected(_ message: String) -> SESRefusal {
        SESRefusal(status: 400, type: "MessageRejected", message: message)
    }

    func response(requestID: String) throws -> Response {
        var headers = HTTPFields()
        headers[named: "x-amzn-ErrorType"] = type
        headers[named: "x-amzn-RequestId"] = requestID
        return try .json(["message": .string(message)], status: .init(code: status), headers: headers)
    }
}
