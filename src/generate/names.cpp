#include <array>

#include "generate/tables.h"

namespace wirecopy::generation {
namespace {

constexpr auto kAgencies =
    std::to_array<std::string_view>({"Northwire", "Meridian Press", "Calder News"});

constexpr auto kTowns = std::to_array<std::string_view>(
    {"Ashgrove",    "Barrowmere", "Calder Point", "Dunholt",         "Eastry Vale",
     "Fennick",     "Garrowby",   "Harlow Bay",   "Inverlea",        "Jessop",
     "Kestrel Bay", "Larkmoor",   "Marlesford",   "Netherby",        "Oakhaven",
     "Penhallow",   "Quillford",  "Redmarsh",     "Silverton Cross", "Thornwick",
     "Underleigh",  "Vantry",     "Wexcombe",     "Yarrowdale",      "Zellwood"});

constexpr auto kPapers = std::to_array<std::string_view>(
    {"Courier",  "Gazette", "Herald",   "Post",    "Chronicle", "Examiner", "Observer",
     "Dispatch", "Mercury", "Sentinel", "Tribune", "Echo",      "Journal",  "Record",
     "Argus",    "Ledger",  "Standard", "News",    "Bulletin",  "Star"});

constexpr auto kFirstNames = std::to_array<std::string_view>(
    {"Ada",  "Bram",  "Celia",  "Dorian", "Edith", "Felix",   "Greta", "Hollis",
     "Ines", "Jonas", "Kira",   "Lionel", "Mabel", "Nils",    "Oona",  "Piers",
     "Rhea", "Silas", "Tamsin", "Ulric",  "Vera",  "Wendell", "Yara",  "Zeno"});

constexpr auto kLastNames = std::to_array<std::string_view>(
    {"Abernook", "Brindle",     "Castellow", "Dunmarrow", "Eskdale",   "Farthingale",
     "Gullick",  "Hathersedge", "Ingleby",   "Jarrowell", "Kettleby",  "Lanyard",
     "Mossbank", "Norquist",    "Oldacre",   "Pemberly",  "Quennell",  "Ravensworth",
     "Sallow",   "Tremlett",    "Underbank", "Varley",    "Wainfleet", "Yelland"});

constexpr auto kFirms = std::to_array<std::string_view>(
    {"Arden Mills",        "Brackwater Steel", "Corvane Industries", "Dellaway Foods",
     "Esterline Ports",    "Farrow Chemical",  "Glenmark Rail",      "Hexley Instruments",
     "Ironbridge Paper",   "Jorvik Timber",    "Kelso Brewing",      "Lanternhouse",
     "Morrow Shipping",    "Nettlecombe Gas",  "Orrin Data",         "Pallister Tools",
     "Quarrington Cement", "Rushmead Homes",   "Sablewood",          "Tarn Optical",
     "Ullswick Energy",    "Vesper Airlines",  "Westing Leather",    "Yardley Cross Bank"});

constexpr auto kCities = std::to_array<std::string_view>(
    {"LONDON", "NEW YORK", "WASHINGTON", "PARIS", "TOKYO", "FRANKFURT", "CHICAGO", "SYDNEY",
     "BRUSSELS", "TORONTO", "HONG KONG", "ZURICH", "STOCKHOLM", "SINGAPORE", "MADRID", "ROME"});

}  // namespace

std::span<const std::string_view> agencies() noexcept { return kAgencies; }
std::span<const std::string_view> towns() noexcept { return kTowns; }
std::span<const std::string_view> papers() noexcept { return kPapers; }
std::span<const std::string_view> first_names() noexcept { return kFirstNames; }
std::span<const std::string_view> last_names() noexcept { return kLastNames; }
std::span<const std::string_view> firms() noexcept { return kFirms; }
std::span<const std::string_view> dateline_cities() noexcept { return kCities; }

}  // namespace wirecopy::generation
