import ArgumentParser
import MuseShared

/// `MuseAdmin venue …`
struct VenueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "venue", abstract: "The place itself.", subcommands: [VenueSetUpCommand.self])
}

/// `MuseAdmin venue set-up`: the second step of an installation, after `migrate` and before `staff add`.
struct VenueSetUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-up",
        abstract: "Make the venue of an empty database. One that is there already stays as it is.",
        discussion: "Everything else (menu, tables, hours, pickup times) is done on the staff site.")

    @Option(help: "How guests call the place.")
    var name: String

    @Option(help: "ISO 4217 code, such as USD.")
    var currency: String

    @Option(help: "IANA name, such as America/New_York.")
    var timeZone: String

    @Option(help: "A line under the name.")
    var tagline = ""

    @Option(help: "Street and number.")
    var street = ""

    @Option(help: "City, with the postcode.")
    var city = ""

    @Option(help: "For guests.")
    var phone = ""

    @Option(help: "For guests.")
    var email = ""

    @Option(
        help:
            "A tax class with its percent, “Sales tax=7.25”, or “Food=7.25/8.25” with another one at the table; again for more."
    )
    var tax: [String] = []

    @Flag(help: "The prices of the menu contain the tax.")
    var taxIncluded = false

    @Option(help: "“daily=07:00-22:00” or “friday=18:00-02:00”; again for more. Without: closed until staff set them.")
    var hours: [String] = []

    func run() async throws {
        let ground = try await CommandGround.open()
        defer { ground.database.close() }
        do {
            try SchemaRepository(database: ground.database).check()
            let isNew = try await SetUpVenue(database: ground.database)(request)
            guard isNew else { return print("The venue is there already, and stays as it is.") }
            print("\(name) is set up.")
            if tax.isEmpty { print("No tax is charged: there was no --tax.") }
            if hours.isEmpty { print("It is closed until its hours are set under Hours on the staff site.") }
        } catch let refusal as SetUpVenue.Refusal {
            throw CommandFailure(refusal.sentence)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private var request: SetUpVenue.Request {
        var request = SetUpVenue.Request(name: name, currency: currency, timeZone: timeZone)
        request.tagline = tagline
        request.street = street
        request.city = city
        request.phone = phone
        request.email = email
        request.taxes = tax
        request.includesTax = taxIncluded
        request.hours = hours
        return request
    }
}
