#include <array>

#include "generate/tables.h"

namespace wirecopy::generation {
namespace {

// Background that agencies and desks append to whatever it seems to fit.
constexpr auto kStockParagraphs = std::to_array<std::string_view>({
    "The Valdorian central bank has raised its main lending rate four times since the spring, and "
    "most economists expect it to wait for new price figures before it moves again.",
    "Kestrel Bay handles about a third of the region's container traffic. A strike there two years "
    "ago held up shipments of grain, steel and car parts for eleven days.",
    "Talks on a common fishing policy began in Oakhaven nine years ago and have been suspended "
    "twice, most recently over quotas for herring in the northern grounds.",
    "Corvane Industries was founded as a maker of looms and now employs about 14,000 people in "
    "machine tools, pumps and precision castings.",
    "Under the Harlow Bay accord, member states agreed to publish their grain stocks every quarter "
    "and to give thirty days' notice of any limit on exports.",
    "The Index of Leading Manufacturers is compiled each month from a survey of 420 purchasing "
    "managers. A reading above 50 points to growth, a reading below it to decline.",
    "Critics say the Ports Act gives the minister too much power over fees. Supporters answer that "
    "no fee has been raised without the consent of the harbor boards.",
    "The Dunholt exchange, the country's second largest, lists 230 companies and closes at four in "
    "the afternoon, an hour before trading in the capital ends.",
    "Analysts caution that figures for a single month can be distorted by holidays, strikes and "
    "the weather, and that revisions are common.",
    "The Commission on Fair Trade can impose a fine of up to a tenth of annual sales. In practice "
    "most of its cases have ended in a settlement.",
    "Redmarsh lies on the estuary of the Wex, about 90 kilometers north of the capital. Its "
    "refinery, the oldest in the country, is the town's largest employer.",
    "The airline industry has struggled with high fuel costs and excess seats on northern routes. "
    "Two smaller carriers stopped flying last winter.",
    "Farmers' groups have asked for the subsidy to be kept until the harvest is in, while the "
    "treasury wants to phase it out over three years.",
    "The Barrowmere Institute, which is paid for by trade unions and employers alike, has tracked "
    "wages in the private sector for more than forty years.",
    "A parliamentary inquiry is to report in the autumn. Its chair, Edith Ravensworth, has said "
    "that no witness will be excused from giving evidence.",
    "Previous attempts to merge the two regulators failed in the upper house, where members of "
    "the farming districts hold the balance.",
    "The pipeline, 640 kilometers long, crosses two mountain ranges and has been shut three times "
    "for repairs since it was opened.",
    "Investors have grown used to surprises from the ministry, which has changed the rules on "
    "foreign holdings in each of the last three budgets.",
    "Morrow Shipping operates 46 vessels, most of them bulk carriers, and is controlled by the "
    "family of its founder through a trust in Inverlea.",
    "The weather service said the season's rains have been about a fifth below the average of the "
    "past thirty years, with the south the driest.",
    "Health officials recommend that travelers to the region check their vaccinations at least "
    "six weeks before they leave.",
    "The treaty must be ratified by all eleven signatories before it takes effect. Seven have done "
    "so, and two are to hold a referendum.",
    "Copper, of which Valdoria is among the largest producers, accounts for nearly half of its "
    "export earnings and a quarter of state revenue.",
    "The union, which speaks for 38,000 workers in rail and road transport, has not called a "
    "national stoppage in twelve years.",
    "Opinion polls put the governing coalition four points behind, but nearly a fifth of voters "
    "say they have not made up their minds.",
    "Consumer groups point out that prices for electricity have risen twice as fast as wages since "
    "the market was opened to competition.",
    "The court in Wexcombe hears appeals from the commercial tribunals. Its rulings are final "
    "unless a question of the constitution is raised.",
    "Ullswick Energy supplies gas to 2.3 million households in the north and east and buys most of "
    "it under contracts that run for twenty years.",
    "The museum was closed for repairs after the flood and reopened in stages, with the last of "
    "its galleries due to open to visitors next year.",
    "Shares of companies with large debts have fared worst since the bond market turned, because "
    "many of their loans fall due within eighteen months.",
});

constexpr auto kCaptions = std::to_array<std::string_view>({
    "Harbor cranes stand idle at Kestrel Bay as dockers' leaders meet the port authority (Photo: "
    "Ines Varley)",
    "Minister Edith Ravensworth leaves the treasury after the talks in Oakhaven",
    "Traders watch the screens at the Dunholt exchange shortly after the market's opening",
    "A worker checks rolls of newsprint at Ironbridge Paper's mill near Larkmoor",
    "Grain is loaded at the river terminal in Redmarsh, the region's largest",
    "Commuters wait on the platform at Thornwick after the morning's delays",
    "The refinery at Redmarsh seen from the estuary at dusk (File photo: Jonas Sallow)",
    "Vesper Airlines' new jet is shown to the press at Vantry airfield",
    "Chairman Silas Pemberly addresses shareholders at Corvane Industries' annual meeting",
    "Farmers' tractors line the road to the parliament building in Inverlea",
    "A fishing boat returns to Calder Point before the season's first storm",
    "Central bank governor Vera Quennell speaks to reporters in the bank's courtyard",
    "Shoppers pass a closed storefront in Netherby's main street",
    "The assembly line at Pallister Tools' plant in Garrowby",
    "Miners' families gather at the gate of the Eskdale pit (Photo: Rhea Norquist)",
    "A ferry of the Marlesford line passes the lighthouse at Harlow Bay",
    "Engineers inspect the pipeline's pumping station above Yarrowdale",
    "The commercial court in Wexcombe, where the appeal is to be heard",
    "Delegates' cars arrive at the conference hotel in Oakhaven",
    "A field of winter wheat near Fennick after weeks without rain",
    "Ullswick Energy's wind farm off the coast at Barrowmere",
    "Visitors queue outside the reopened galleries of the museum in Ashgrove",
    "Rail workers' leader Wendell Tremlett speaks at a rally in Jessop",
    "Steel coils wait for shipment at Brackwater Steel's works (File photo: Piers Gullick)",
});

constexpr auto kTemplateTexts = std::to_array<std::string_view>({
    "{firm} 3rd qtr net\n"
    "Shr {12-97} cts vs {12-97} cts\n"
    "Net {1200-98000},000 vs {1200-98000},000\n"
    "Revs {110-990}.{1-9} mln vs {110-990}.{1-9} mln\n"
    "Nine mths\n"
    "Shr {1-4}.{10-98} dlrs vs {1-4}.{10-98} dlrs\n"
    "Net {12000-99000},000 vs {12000-99000},000\n"
    "Avg shrs {11-98},{100-999},000 vs {11-98},{100-999},000\n"
    "NOTE: Results of the latest period include a gain of {1-9}.{1-9} mln dlrs from the sale of "
    "property.",

    "{firm} sets quarterly dividend\n"
    "Qtly div {10-80} cts vs {10-80} cts prior\n"
    "Pay {month} {1-28}\n"
    "Record {month} {1-28}\n"
    "The board of {firm} said the dividend will be paid on all {11-98},{100-999},000 common "
    "shares.",

    "Weather for {town} and district\n"
    "Today: cloudy with sunny periods, high {8-29} degrees, wind {5-40} kilometers an hour.\n"
    "Tonight: mostly clear, low {0-14} degrees.\n"
    "Tomorrow: showers likely in the afternoon, high {8-29} degrees.\n"
    "Rain in the past 24 hours: {0-19} millimeters. Since the first of the month: {20-90} "
    "millimeters. Sunrise {5-7}:{10-59}, sunset {17-20}:{10-59}.",

    "{town} closing prices\n"
    "The {town} index of leading shares closed at {1100-4900}, a change of {1-60} points on the "
    "day, in a turnover of {110-890} million.\n"
    "Most active: {other firm} {12-98}.{10-99}, {other firm} {12-98}.{10-99}, {other firm} "
    "{12-98}.{10-99}, {other firm} {12-98}.{10-99}.\n"
    "Advances {110-490}, declines {110-490}, unchanged {40-190}.",

    "Lottery results for {month} {1-28}\n"
    "The winning numbers in the weekly draw held in {town} were {1-49}, {1-49}, {1-49}, {1-49}, "
    "{1-49} and {1-49}. The bonus number was {1-49}.\n"
    "The jackpot of {1-19},{100-999},000 was shared by {1-9} tickets. A further {110-990} tickets "
    "matched five numbers and won {1100-9900} each.\n"
    "The next draw will be held on {month} {1-28}.",

    "District league results\n"
    "{other town} {0-5}, {other town} {0-5}. Attendance {1100-29000}.\n"
    "{other town} {0-5}, {other town} {0-5}. Attendance {1100-29000}.\n"
    "{other town} {0-5}, {other town} {0-5}. Attendance {1100-29000}.\n"
    "{other town} {0-5}, {other town} {0-5}. Attendance {1100-29000}.\n"
    "Leading scorers: {person} {9-25}, {person} {9-25}, {person} {9-25}.",

    "Commodity prices at {town}\n"
    "Spot prices a tonne at the close of the {town} market: copper {1100-4900}, zinc {610-1900}, "
    "lead {310-990}, tin {5100-9900}, aluminium {1100-2900}.\n"
    "Stocks in warehouses: copper {11000-98000} tonnes, zinc {11000-98000} tonnes, lead "
    "{11000-98000} tonnes.\n"
    "Grain a bushel: wheat {2-5}.{10-99}, corn {1-3}.{10-99}, oats {1-2}.{10-99}.",

    "Vote count in {town} district\n"
    "With {51-100} pct of the vote counted, {person} had {11000-98000} votes and {person} had "
    "{11000-98000} votes for the seat in the lower house.\n"
    "Turnout was {41-89} pct, compared with {41-89} pct in the last election. Spoiled ballots "
    "numbered {110-990}.",

    "Ship movements at {town}\n"
    "Arrived: {other firm} Star, {11000-98000} tonnes, from {other town}; {other firm} Pride, "
    "{11000-98000} tonnes, from {other town}.\n"
    "Sailed: {other firm} Venture, {11000-98000} tonnes, for {other town}; {other firm} Spirit, "
    "{11000-98000} tonnes, for {other town}.\n"
    "Waiting for a berth: {2-19} vessels. Average delay {1-9} days.",

    "Road report for {town}\n"
    "Work on the {other town} road between kilometers {2-40} and {41-90} continues until {month} "
    "{1-28}. Expect delays of {5-45} minutes.\n"
    "The bridge at {other town} is closed to vehicles over {3-30} tonnes. Police counted {2-19} "
    "accidents in the district during the past week, with {1-9} people hurt.",
});

}  // namespace

std::span<const std::string_view> stock_paragraphs() noexcept { return kStockParagraphs; }
std::span<const std::string_view> captions() noexcept { return kCaptions; }
std::span<const std::string_view> template_texts() noexcept { return kTemplateTexts; }

}  // namespace wirecopy::generation
