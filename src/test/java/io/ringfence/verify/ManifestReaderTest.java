package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest that is not as it should be is refused, with the place. */
class ManifestReaderTest {
  private static final String MODEL =
      """
      {"models":[{"name":"M","title":"t","spec":"S","module":"M.tla","scope":"ci","variant":"V",
      "fixes":[],"defects":[],"bounds":[],"assumptions":[],
      "pinned":{"initial":1,"states":1,"edges":1,"refusals":1},
      "witnesses":[],"neverFires":{},"notApplicable":{},"shownIn":{},
      "claims":[{"config":"M.cfg","expect":"holds","partsOn":[]},
      {"config":"M.P.cfg","expect":"violates PInv","partsOn":[]}]}]}
      """;

  @TempDir private Path models;

  @BeforeEach
  void writeAGoodProject() throws IOException {
    Files.writeString(models.resolve("manifest.json"), "{\"families\":[\"family\"]}");
    Files.writeString(
        models.resolve("catalogue.json"),
        "{\"designs\":{},\"properties\":{},\"defects\":{},\"shownBy\":{},\"notModelled\":{}}");
    Files.createDirectory(models.resolve("family"));
    write("manifest.json", MODEL);
    write("M.tla", "---- MODULE M ----\n====");
    write("M.cfg", "SPECIFICATION Spec\nCONSTANT N = 1\nINVARIANTS TypeOK QInv\n");
    write("M.P.cfg", "SPECIFICATION Spec\nCONSTANT N = 1 \\* one\nINVARIANT PInv\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(models.resolve("family").resolve(name), text);
  }

  private void refuses(String... parts) {
    assertThatThrownBy(() -> ManifestReader.read(models))
        .isInstanceOf(BadInputException.class)
        .message()
        .contains(parts);
  }

  @Test
  void readsAGoodManifest() {
    Manifest.Model model = ManifestReader.read(models).models().get(0);
    assertThat(model.module()).isEqualTo("family/M.tla");
    assertThat(model.claims())
        .extracting(Manifest.Claim::config)
        .containsExactly("family/M.cfg", "family/M.P.cfg");
  }

  @Test
  void refusesAFamilyThatIsNotThere() throws IOException {
    Files.writeString(models.resolve("manifest.json"), "{\"families\":[\"family\",\"other\"]}");
    refuses("other", "cannot be read");
  }

  @Test
  void refusesAnUnknownKey() throws IOException {
    write("manifest.json", MODEL.replace("\"title\"", "\"titel\":\"t\",\"title\""));
    refuses("manifest.json:", "titel");
  }

  @Test
  void refusesAMissingKey() throws IOException {
    write("manifest.json", MODEL.replace("\"witnesses\":[],", ""));
    refuses("witnesses");
  }

  @Test
  void refusesADuplicateKey() throws IOException {
    write("manifest.json", MODEL.replace("\"title\":\"t\"", "\"title\":\"t\",\"title\":\"u\""));
    refuses("title");
  }

  @Test
  void refusesWhatIsNotJson() throws IOException {
    write("manifest.json", MODEL.substring(0, 80));
    refuses("manifest.json");
  }

  @Test
  void refusesAMissingConfiguration() throws IOException {
    Files.delete(models.resolve("family/M.P.cfg"));
    refuses("M.P.cfg");
  }

  @Test
  void refusesAConfigurationThatNobodyClaims() throws IOException {
    write("Forgotten.cfg", "SPECIFICATION Spec\nINVARIANT TypeOK\n");
    refuses("family/Forgotten.cfg: ", "no model claims it");
  }

  @Test
  void refusesAViolationOfAnotherPropertyThanTheConfigurationChecks() throws IOException {
    write("M.P.cfg", "SPECIFICATION Spec\nCONSTANT N = 1\nINVARIANT OtherInv\n");
    refuses("M.P.cfg", "PInv", "OtherInv");
  }

  @Test
  void refusesClaimsWithOtherConstants() throws IOException {
    write("M.P.cfg", "SPECIFICATION Spec\nCONSTANT N = 2\nINVARIANT PInv\n");
    refuses("M.P.cfg", "other constants");
  }

  @Test
  void refusesAnUnknownExpectation() throws IOException {
    write("manifest.json", MODEL.replace("\"expect\":\"holds\"", "\"expect\":\"maybe\""));
    refuses("family/manifest.json: model M: expect should be", "maybe");
  }

  @Test
  void refusesAClaimWithoutProperties() throws IOException {
    write("M.cfg", "SPECIFICATION Spec\nCONSTANT N = 1\n");
    refuses("M.cfg", "checks no property");
  }

  @Test
  void refusesAPropertyShownByAClaimThatDoesNotExist() throws IOException {
    write(
        "manifest.json",
        MODEL.replace("\"shownIn\":{}", "\"shownIn\":{\"OWN-1\":\"M.OWN-1.cfg\"}"));
    refuses("family/manifest.json: model M: shownIn", "M.OWN-1.cfg");
  }

  @Test
  void refusesADesignThatIsNotTheOneOfTheConfiguration() throws IOException {
    String constants = "CONSTANTS Variant = \"V\" Fixes = {\"R-1\",\"R-2\"} Defects = {}\n";
    write("M.cfg", "SPECIFICATION Spec\n" + constants + "INVARIANTS TypeOK QInv\n");
    write("M.P.cfg", "SPECIFICATION Spec\n" + constants + "INVARIANT PInv\n");
    refuses("family/M.cfg sets Fixes to [R-1, R-2], and the manifest says []");

    String said = MODEL.replace("\"fixes\":[]", "\"fixes\":[\"R-2\",\"R-1\"]");
    write("manifest.json", said);
    assertThat(ManifestReader.read(models).models()).hasSize(1);

    write("manifest.json", said.replace("\"variant\":\"V\"", "\"variant\":\"W\""));
    refuses("family/M.cfg sets Variant to [V], and the manifest says [W]");
  }

  private void writePartsOn(String holding, String violated) throws IOException {
    write(
        "manifest.json",
        MODEL
            .replace("\"holds\",\"partsOn\":[]", "\"holds\",\"partsOn\":[" + holding + "]")
            .replace("PInv\",\"partsOn\":[]", "PInv\",\"partsOn\":[" + violated + "]"));
  }

  @Test
  void takesDesignsToPartOn() throws IOException {
    writePartsOn("", "\"V2_SPLIT\",\"+O-24.5 -B-04\",\"-B-30 initially\"");
    assertThat(ManifestReader.read(models).models().get(0).claims().get(1).partings())
        .containsExactly(
            new Manifest.Parting("V2_SPLIT", false),
            new Manifest.Parting("+O-24.5 -B-04", false),
            new Manifest.Parting("-B-30", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "initially", "initially -B-30", "-B-30  initially", "o-15", "+O-15, +O-16"})
  void refusesWhatIsNoDesign(String design) throws IOException {
    writePartsOn("", "\"" + design + "\"");
    refuses("M.P.cfg", "no design", "initially");
  }

  @Test
  void refusesADesignThatIsListedTwice() throws IOException {
    writePartsOn("", "\"-B-30\",\"-B-30 initially\"");
    refuses("-B-30 twice");
  }

  @Test
  void refusesADesignToPartOnWhereNothingIsViolated() throws IOException {
    writePartsOn("\"+O-15\"", "");
    refuses("M.cfg", "no counterexample");
  }
}
