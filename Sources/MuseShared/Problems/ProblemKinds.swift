import HTTPTypes

extension Problem {
    public static func invalid(_ errors: [FieldError]) -> Problem {
        Problem(
            .unprocessableContent,
            "invalid",
            title: "Something needs another look.",
            detail: errors.count == 1 ? errors.first?.message : "Please correct the fields below and send it again.",
            errors: errors
        )
    }

    public static func invalid(_ field: String, _ message: String) -> Problem {
        .invalid([FieldError(field, message)])
    }

    public static func malformed(_ detail: String) -> Problem {
        Problem(.badRequest, "malformed", title: "The request can't be read.", detail: detail)
    }

    public static var notFound: Problem {
        Problem(
            .notFound, "not-found", title: "There is nothing here.",
            detail: "Check the address, or start from the home page.")
    }

    public static var notSignedIn: Problem {
        Problem(.unauthorized, "not-signed-in", title: "Please sign in first.")
    }

    public static func forbidden(_ detail: String) -> Problem {
        Problem(.forbidden, "forbidden", title: "This is not allowed.", detail: detail)
    }

    public static func conflict(_ slug: String, title: String, detail: String? = nil) -> Problem {
        Problem(.conflict, slug, title: title, detail: detail)
    }

    public static func unavailable(retryAfter seconds: Int) -> Problem {
        Problem(
            .serviceUnavailable,
            "unavailable",
            title: "We can't do this just now.",
            detail: "Nothing was lost. Please try again in a moment."
        ).retry(after: seconds)
    }

    public static var failure: Problem {
        Problem(
            .internalServerError,
            "failure",
            title: "This went wrong on our side.",
            detail: "We have been told. Please try again; if it stays, give us the request number below."
        )
    }

    static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> Problem {
        var problem = Problem(.methodNotAllowed, "method-not-allowed", title: "This address can't be used that way.")
        problem.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        return problem
    }

    static func tooLarge(limit: Int) -> Problem {
        var problem = Problem(
            .contentTooLarge,
            "too-large",
            title: "That is more than we can take at once.",
            detail: "At most \(limit) bytes are accepted here."
        )
        problem.closesConnection = true
        return problem
    }

    static func tooMany(retryAfter seconds: Int) -> Problem {
        Problem(
            .tooManyRequests,
            "too-many-requests",
            title: "That was a lot at once.",
            detail: "Nothing was changed. Please wait a moment and try again."
        ).retry(after: seconds)
    }

    static var unsupportedType: Problem {
        Problem(
            .unsupportedMediaType,
            "unsupported-type",
            title: "We can't read this kind of content.",
            detail: "Send application/json or a form."
        )
    }
}
