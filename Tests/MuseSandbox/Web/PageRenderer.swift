import Foundation
import Hummingbird
import Mustache

/// Pages from the templates beside the program.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    init() async throws {
        let folder = Bundle.module.bundleURL.appending(path: "Templates").path
        library = try await MustacheLibrary(directory: folder)
    }

    /// Throws 500 when the template is missing, which only a broken build can cause.
    func page(_ template: String, _ values: any Sendable, status: HTTPResponse.Status = .ok) throws -> Response {
        guard let text = library.render(values, withTemplate: template) else {
            throw HTTPError(.internalServerError, message: "There is no template \(template).")
        }
        return .html(text, status: status)
    }
}
