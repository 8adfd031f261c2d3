import Foundation
import Testing

@testable import MuseShared

extension EndToEnd {
    @Suite struct StoppedCustomerTests {
        @Test func `20 messages written while the customer service is stopped all arrive once it is back`() async throws
        {
            try await RunningMuse.run { muse in
                let admin = try await muse.startAdmin()
                #expect(try await muse.program("customer").stop() == 0)
                for number in 1...20 {
                    let answer = try await admin.post(
                        "/api/notifications",
                        #"{"to": "guest\#(number)@example.com", "subject": "Message \#(number)", "text": "Hello."}"#)
                    #expect(answer.status == 202, "\(answer.text)")
                }
                #expect(try await muse.mailbox().isEmpty)
                try await muse.startCustomer()
                let mails = try await eventually("20 mails arrive", within: .seconds(90)) {
                    let mails = try await muse.mailbox()
                    return mails.count >= 20 ? mails : nil
                }
                try await eventually("the admin's outbox is empty", within: .seconds(60)) {
                    try muse.number("SELECT count(*) AS n FROM email_calls WHERE state = 'queued'") == 0 ? true : nil
                }
                #expect(Set(mails.map(\.subject)) == Set((1...20).map { "Message \($0)" }))
                #expect(try await muse.mailbox().count == 20)
                #expect(try muse.number("SELECT count(*) AS n FROM emails WHERE state = 'sent'") == 20)
                #expect(try muse.number("SELECT count(*) AS n FROM email_calls WHERE state = 'delivered'") == 20)
            }
        }
    }
}
