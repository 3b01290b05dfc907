package latent4j.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Drawn data has one hash on every platform only if nothing platform-dependent is computed. */
class PortabilityTest {

    /** Methods of Math with one exactly specified result. */
    private static final Set<String> EXACT =
            Set.of("abs", "ceil", "floor", "max", "min", "multiplyExact", "round", "sqrt");

    private static final DescribedPredicate<JavaCall<?>> INEXACT =
            new DescribedPredicate<>("a method of Math whose last bit may differ between platforms") {
                @Override
                public boolean test(JavaCall<?> call) {
                    AccessTarget.CodeUnitCallTarget target = call.getTarget();
                    return target.getOwner().isEquivalentTo(Math.class) && !EXACT.contains(target.getName());
                }
            };

    @Test
    void onlyExactArithmetic() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("latent4j.data");
        noClasses().should().callCodeUnitWhere(INEXACT).check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.Random.class)
                .check(classes);
    }
}
