import HTTPTypes

/// A refusal as a page: what happened, what was kept, what to do next, and the number to ask about.
struct ProblemPage: Page {
    struct Action: Encodable, Sendable {
        let href: String
        let label: String
        let isQuiet: Bool
    }

    static let template = "problem-page"

    let title: String
    let happened: String
    let kept: String?
    let next: String?
    let art = "candle"
    let hasMessages: Bool
    /// What is wrong with each field, where the detail doesn't say it already.
    let messages: [String]
    let actions: [Action]
    let requestId: String

    init(_ problem: Problem, requestID: String, home: Action) {
        title = problem.title
        happened = problem.detail ?? problem.title
        kept = problem.status.code >= 500 ? "What you had before is as you left it." : nil
        next = problem.retryAfter.map { "You can try again in \($0) seconds." }
        messages = problem.errors.count > 1 ? problem.errors.map(\.message) : []
        hasMessages = !messages.isEmpty
        actions = [home]
        requestId = requestID
    }
}
