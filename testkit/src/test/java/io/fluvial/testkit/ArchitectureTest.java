package io.fluvial.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The rules of the house that a compiler does not check: floors look only down, one module alone touches the vector
/// API, nothing is shared behind one's back.
class ArchitectureTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fluvial");

    /// Lowest first; a package belongs to the last floor that names it.
    private static final String[][] FLOORS = {
        {"io.fluvial.kernel", "io.fluvial.internal"},
        {"io.fluvial"},
        {"io.fluvial.scalar", "io.fluvial.nn", "io.fluvial.constraint"},
        {"io.fluvial.bijector", "io.fluvial.base", "io.fluvial.transform"},
        {"io.fluvial.flows", "io.fluvial.distribution"},
        {"io.fluvial.train..", "io.fluvial.io..", "io.fluvial.interop.."},
        {"io.fluvial.cli..", "io.fluvial.server..", "io.fluvial.spark.."},
    };

    @Test
    void floorsLookOnlyDown() {
        for (int low = 0; low < FLOORS.length; low++) {
            for (int high = low + 1; high < FLOORS.length; high++) {
                noClasses()
                        .that()
                        .resideInAnyPackage(FLOORS[low])
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FLOORS[high])
                        .allowEmptyShould(true)
                        .check(ALL);
            }
        }
    }

    @Test
    void vectorKernelsKnowTheLowerFloorsOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.fluvial.simd..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fluvial.bijector", "io.fluvial.base", "io.fluvial.flows", "io.fluvial.train..")
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void packagesOfTheMiddleFloorsHaveNoCycles() {
        slices().matching("io.fluvial.(scalar|nn|bijector|base|flows|train|io|constraint|transform|distribution)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void onlySimdTouchesTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.fluvial.simd..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.incubator..")
                .check(ALL);
    }

    @Test
    void nothingIsStaticAndMutable() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(ALL);
    }

    @Test
    void recordsHaveNoArrayComponents() {
        noFields()
                .that(new DescribedPredicate<JavaField>("are components of records") {
                    @Override
                    public boolean test(JavaField field) {
                        return field.getOwner().isRecord()
                                && !field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC);
                    }
                })
                .should()
                .haveRawType(new DescribedPredicate<JavaClass>("an array") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.isArray();
                    }
                })
                .check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(new ArchCondition<JavaClass>("be in a @NullMarked package") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class)
                                || item.getName().endsWith(".module-info");
                        events.add(new SimpleConditionEvent(
                                item, marked, item.getPackageName() + " has no @NullMarked package-info"));
                    }
                })
                .check(ALL);
    }

    @Test
    void nothingReadsTheClockOrAGlobalSeed() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.fluvial", "io.fluvial.bijector", "io.fluvial.base", "io.fluvial.scalar", "io.fluvial.nn")
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(ALL);
    }
}
