import HTTPTypes
import Hummingbird
import NIOCore

/// The gallery of components, pages and letters. It is there in development only.
public struct GalleryRoutes: Sendable {
    private let site: Site

    /// Letters carry their style in themselves, as mail programs want it: allowed to them alone, and nothing else is.
    private static let letterPolicy = [
        "default-src 'none'", "style-src 'unsafe-inline'", "form-action 'none'", "base-uri 'none'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    public init(site: Site) {
        self.site = site
    }

    public func add<Context: WebContext>(to router: some RouterMethods<Context>) {
        guard site.configuration.isDevelopment else { return }
        router.get("/gallery") { _, context in
            try site.renderer.html(GalleryPage(try samples()), context)
        }
        router.get("/gallery/pages/**") { request, context in
            let template = context.parameters.getCatchAll().joined(separator: "/")
            let state = request.uri.queryParameters.get("sample") ?? GallerySamples.ordinary
            guard let sample = try samples().page(template, state: state) else { throw Problem.notFound }
            return try site.renderer.html(sample, context.web)
        }
        router.get("/gallery/emails/{file}") { _, context in
            try letter(context.parameters.get("file") ?? "")
        }
    }

    /// Read again each time, so that a saved sample shows at once.
    private func samples() throws -> GallerySamples {
        try GallerySamples(folders: site.folders)
    }

    private func letter(_ file: String) throws -> Response {
        let parts = file.split(separator: ".").map(String.init)
        guard parts.count == 2, let format = parts.last, format == "html" || format == "txt",
            let sample = try parts.first.flatMap({ try samples().email($0) })
        else { throw Problem.notFound }
        let text = try site.renderer.text("\(sample.template).\(format)", sample.content())
        let headers: HTTPFields = [
            .contentType: "text/\(format == "html" ? "html" : "plain"); charset=utf-8", .cacheControl: "no-store",
            .contentSecurityPolicy: Self.letterPolicy,
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
