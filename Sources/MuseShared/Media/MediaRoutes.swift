import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /media/{name}`: stored files for browsers, where they are kept in a folder.
public struct MediaRoutes: Sendable {
    private let folder: MediaFolder?

    /// - Parameter folder: nil where media has an address of its own; then nothing is here.
    public init(folder: MediaFolder?) {
        self.folder = folder
    }

    public func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/media/{name}") { request, context in try await file(request, context) }
    }

    /// The path of the folder is joined with nothing but a ``MediaName``: there is no other way to ask for a file.
    private func file(_ request: Request, _ context: some RequestContext) async throws -> Response {
        guard let folder, let name = context.parameters.get("name").flatMap({ MediaName($0) }),
            let bytes = try await folder.file(name)
        else { throw Problem.notFound }
        let etag = "\"\(name)\""
        var fields: HTTPFields = [
            .contentType: name.form.type, .cacheControl: "public, max-age=31536000, immutable", .eTag: etag,
        ]
        if EntityTag.isNamed(etag, by: request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: fields)
        }
        // Opened by itself it is a picture and nothing else, whatever a browser takes it for.
        fields[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: bytes))
    }
}
