import HTTPTypes
import HummingbirdTesting
import Testing

@testable import MuseCustomer
@testable import MuseShared

struct GuestGalleryTests {
    /// What a program wants to know outside development.
    private static let preview = [
        "MUSE_ENV": "preview", "SERVICE_SECRET": "0123456789abcdef0123456789abcdef",
        "CUSTOMER_URL": "https://ncmuse.co", "ADMIN_URL": "https://staff.ncmuse.co",
        "STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "whsec_a", "STRIPE_PUBLISHABLE_KEY": "pk_test_x",
        "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-1",
        "EMAIL_FROM": "a@ncmuse.co", "GOOGLE_CLIENT_ID": "g", "GOOGLE_CLIENT_SECRET": "g", "FACEBOOK_APP_ID": "f",
        "FACEBOOK_APP_SECRET": "f",
    ]

    @Test func `every sample is shown whole, and the gallery leads to each`() async throws {
        let site = try await GuestSite.open()
        let samples = try GallerySamples(folders: site.program.site.folders)
        try await site.visit { visitor in
            let gallery = try await visitor.get("/gallery").text
            for sample in samples.pages {
                let path = "/gallery/pages/\(sample.template)?sample=\(sample.state)"
                #expect(gallery.contains("href=\"\(path)\""), "\(path)")
                let answer = try await visitor.get(path)
                #expect(answer.status == .ok, "\(path)")
                #expect(!answer.text.contains("{{"), "\(path)")
            }
            #expect(samples.pages.count > 15)
        }
    }

    @Test(arguments: EmailTemplate.allCases)
    func `a letter may carry its style, and nothing else may`(_ template: EmailTemplate) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let letter = try await visitor.get("/gallery/emails/\(template.rawValue).html")
            #expect(letter.status == .ok)
            #expect(!letter.text.contains("{{"))
            #expect(letter.headers[values: .contentSecurityPolicy].count == 1)
            #expect(letter.headers[.contentSecurityPolicy]?.contains("style-src 'unsafe-inline'") == true)
            #expect(letter.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            let text = try await visitor.get("/gallery/emails/\(template.rawValue).txt")
            #expect(text.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(!text.text.contains("{{"))
            for page in ["/gallery", "/menu"] {
                #expect(try await visitor.get(page).headers[.contentSecurityPolicy]?.contains("unsafe-inline") == false)
            }
        }
    }

    @Test(arguments: [
        "/gallery/pages/nope", "/gallery/pages/home/home-page?sample=nope", "/gallery/pages/site-layout",
        "/gallery/pages/emails/order-ready.html", "/gallery/emails/nope.html", "/gallery/emails/order-ready.json",
        "/gallery/emails/..%2f..%2fhome.html", "/gallery/pages/..%2f..%2fetc/passwd",
    ])
    func `what has no sample is not there`(_ path: String) async throws {
        let site = try await GuestSite.open()
        try await site.visit { visitor in
            let status = try await visitor.get(path).status
            #expect(status == .notFound || status == .badRequest)
        }
    }

    @Test(arguments: ["/gallery", "/gallery/pages/home/home-page", "/gallery/emails/order-ready.html"])
    func `outside development there is no gallery`(_ path: String) async throws {
        let site = try await GuestSite.open(environment: Self.preview)
        try await site.visit { visitor in
            let menu = try await visitor.get("/menu")
            #expect(menu.status == .ok)
            let answer = try await visitor.get(path)
            #expect(answer.status == .notFound)
        }
    }
}
