#include <array>

#include "generate/tables.h"

namespace wirecopy::generation {
namespace {

constexpr auto kHeaders = std::to_array<std::string_view>({
    "{outlet} | Home | News | Business | Sport | Opinion | Subscribe",
    "You are reading the free edition of the {outlet}. Sign in to save this article.",
    "{outlet}: the voice of {town} for more than {20-190} years",
    "Latest headlines from the {outlet} newsroom",
    "Share this article: Email - Print - Copy link - Text size A A A",
    "ADVERTISEMENT - Story continues below. The {outlet} thanks its sponsors.",
    "News from {town} and the world, updated through the day by the {outlet} desk",
    "{outlet} Online / World and Business / This page refreshes every {5-15} minutes",
    "This story is free to read because subscribers of the {outlet} support our newsroom.",
    "Skip to main content. {outlet}. Today's paper. Puzzles. Obituaries. Classifieds.",
    "Listen to this article. Audio is provided to members of the {outlet} at no charge.",
    "{outlet} Wire Desk - selected reports from our partners around the world",
    "Good morning from {town}. Here is what the {outlet} is following.",
    "Tags: World, Business, Markets - Filed under: {outlet} News",
    "The {outlet} is a member of the Independent Press Circle and follows its code of practice.",
    "Cookie notice: the {outlet} uses cookies to improve your visit. Manage your choices.",
});

constexpr auto kTrailers = std::to_array<std::string_view>({
    "Read more at {domain}",
    "Read more at the {outlet}: our guide to the week in business and politics",
    "Sign up for our newsletter. The {outlet} brings you the stories that matter every morning at "
    "six.",
    "Follow the {outlet} on social media, or write to us at newsroom@{domain} with a correction or "
    "a tip.",
    "Copyright {outlet}. All rights reserved. This material may not be published, broadcast, "
    "rewritten or redistributed.",
    "Support local journalism. A subscription to the {outlet} costs less than one coffee a week. "
    "Call {100-899} {100-999} to subscribe.",
    "Comments on this article are closed after three days. The {outlet} moderates all comments "
    "before they appear.",
    "The {outlet} is published in {town} by {person} and the {outlet} Company. Printed on recycled "
    "paper.",
    "Got a news tip? Contact the {town} newsroom of the {outlet} by post, by telephone or at "
    "tips@{domain}.",
    "More from the {outlet}: Weather - Traffic - Court notices - Jobs - Family announcements",
    "Scroll down for video. More reports from the {outlet} studio are available at {domain}/video.",
    "To order reprints of this article, visit the {outlet} shop or call the circulation "
    "department in {town}.",
    "Join the conversation: members of the {outlet} readers' panel may comment below.",
    "Most read today in the {outlet}: the council budget, the harbor bridge, and ten walks for the "
    "weekend.",
    "Terms of use - Privacy - Accessibility - Advertise with the {outlet} - Staff list - Contact",
    "This report was prepared for the {outlet} by its wire desk in {town} and edited for length "
    "and style.",
});

}  // namespace

std::span<const std::string_view> outlet_headers() noexcept { return kHeaders; }
std::span<const std::string_view> outlet_trailers() noexcept { return kTrailers; }

}  // namespace wirecopy::generation
